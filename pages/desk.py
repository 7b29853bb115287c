from dataclasses import replace

from reviews.canonical import shortened
from reviews.editor import block_anchor, inline_anchor
from reviews.gate import Obstacle

from .blocks.quotation import OPEN_BASES, SpeakerBasis
from .content import block_key
from .hidden_quotations import position_of, quoted_in_copy

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
    for child, anchor in _blocks(page, "quotation"):
        words = child.value["words"] or ""
        basis = child.value.get("speaker_basis")
        if not words.strip():
            sentence = "A quotation has no words. Write them or remove the block."
            yield Obstacle("quotation_without_words", sentence, anchor=anchor)
        elif basis in OPEN_BASES:
            sentence = _SPEAKER_SENTENCES[basis].format(words=shortened(words))
            yield Obstacle(f"speaker_{basis}", sentence, anchor=anchor)
        elif not child.value.get("clinician"):
            yield Obstacle("quotation_without_clinician", f"Choose who said “{shortened(words)}”.", anchor=anchor)


def _blocks_to_mend(page):
    for child, anchor in _blocks(page):
        for obstacle in child.block.get_desk_obstacles(child.value):
            yield replace(obstacle, anchor=anchor)


def _top_of_the_page(page):
    types = [child.block_type for child in page.body]
    for name, wanted in (("alert", types[:1]), ("glance", types[: 1 + ("alert" in types)])):
        label = page.body.stream_block.child_blocks[name].label
        anchors = [anchor for _, anchor in _blocks(page, name)]
        if len(anchors) > 1:
            sentence = f"An article has one block “{label}”. Remove the others."
            yield Obstacle(f"{name}_twice", sentence, anchor=anchors[1])
        elif anchors and name not in wanted:
            sentence = f"Move the block “{label}” to the top: patients need it first."
            yield Obstacle(f"{name}_too_low", sentence, anchor=anchors[0])


def _two_prices(page):
    """The same price stands in two places, so that one of them is easily forgotten."""
    glance = {child.value["price"]["amount"] for child, _ in _blocks(page, "glance")}
    cost = {child.value["price_from"]: anchor for child, anchor in _blocks(page, "cost")}
    if len((glance | set(cost)) - {None}) > 1:
        sentence = "“At a glance” and “Cost” give different prices. Correct one of them."
        yield Obstacle("two_prices", sentence, anchor=next(iter(cost.values()), ""))


def _hidden_quotations(page):
    for words, speaker in quoted_in_copy(page):
        sentence = (
            f"The copy gives “{shortened(words)}” as words of {speaker}. Make it a quotation block and have it signed."
        )
        position = position_of(words, page)
        anchor = "" if position is None else block_anchor(block_key(page.body[position], position))
        yield Obstacle("quotation_in_copy", sentence, anchor=anchor)


def _blocks(page, *types: str):
    """Each block of these types, or of any, with its anchor in the editor."""
    for position, child in enumerate(page.body):
        if not types or child.block_type in types:
            yield child, block_anchor(block_key(child, position))


def _open_questions(page):
    for position, question in enumerate(page.import_questions.all()):
        if not question.is_settled:
            about = f" (“{shortened(question.excerpt)}”)" if question.excerpt else ""
            sentence = f"Settle this question from the import{about}: {question.sentence}"
            yield Obstacle("import_question", sentence, anchor=inline_anchor("import_questions", position))
