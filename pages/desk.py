from reviews.canonical import shortened
from reviews.gate import Obstacle

from .blocks.quotation import OPEN_BASES, SpeakerBasis
from .hidden_quotations import quoted_in_copy

_SPEAKER_SENTENCES = {
    SpeakerBasis.INFERRED: "Confirm who said “{words}”: the import inferred it from the text.",
    SpeakerBasis.AMBIGUOUS: "Choose who said “{words}”: more than one person fits.",
    SpeakerBasis.UNKNOWN: "Choose who said “{words}”: the text names nobody.",
}


def desk_obstacles(page) -> list[Obstacle]:
    """What the writer has to mend before clinicians are asked: open questions, quotations without a speaker, gaps."""
    return [
        *_missing_fields(page),
        *_open_speakers(page),
        *_blocks_to_mend(page),
        *_top_of_the_page(page),
        *_two_prices(page),
        *_open_questions(page),
        *_hidden_quotations(page),
    ]


def _missing_fields(page):
    if not len(page.body):
        yield Obstacle("no_body", "Write the article first: its body is empty.")


def _open_speakers(page):
    for child in page.body:
        if child.block_type != "quotation":
            continue
        words = child.value["words"] or ""
        basis = child.value.get("speaker_basis")
        if not words.strip():
            yield Obstacle("quotation_without_words", "A quotation has no words. Write them or remove the block.")
        elif basis in OPEN_BASES:
            yield Obstacle(f"speaker_{basis}", _SPEAKER_SENTENCES[basis].format(words=shortened(words)))
        elif not child.value.get("clinician"):
            yield Obstacle("quotation_without_clinician", f"Choose who said “{shortened(words)}”.")


def _blocks_to_mend(page):
    for child in page.body:
        yield from child.block.get_desk_obstacles(child.value)


def _top_of_the_page(page):
    types = [child.block_type for child in page.body]
    for name, wanted in (("alert", types[:1]), ("glance", types[: 1 + ("alert" in types)])):
        label = page.body.stream_block.child_blocks[name].label
        if types.count(name) > 1:
            yield Obstacle(f"{name}_twice", f"An article has one block “{label}”. Remove the others.")
        elif name in types and name not in wanted:
            yield Obstacle(f"{name}_too_low", f"Move the block “{label}” to the top: patients need it first.")


def _two_prices(page):
    """The same price stands in two places, so that one of them is easily forgotten."""
    glance = {child.value["price"]["amount"] for child in page.body if child.block_type == "glance"}
    cost = {child.value["price_from"] for child in page.body if child.block_type == "cost"}
    if len((glance | cost) - {None}) > 1:
        yield Obstacle("two_prices", "“At a glance” and “Cost” give different prices. Correct one of them.")


def _hidden_quotations(page):
    for words, speaker in quoted_in_copy(page):
        yield Obstacle(
            "quotation_in_copy",
            f"The copy gives “{shortened(words)}” as words of {speaker}. Make it a quotation block and have it signed.",
        )


def _open_questions(page):
    for question in page.import_questions.all():
        if not question.is_settled:
            about = f" (“{shortened(question.excerpt)}”)" if question.excerpt else ""
            yield Obstacle("import_question", f"Settle this question from the import{about}: {question.sentence}")
