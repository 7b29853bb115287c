from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock

from pages.reading import as_label
from reviews.statements import Kind

from .base import Group, StatementBlock
from .composed import bullets, composed, line
from .references import references_field, references_of
from .text import RICH_TEXT_FEATURES


class QuestionBlock(StructBlock):
    question = CharBlock(max_length=160)
    answer = RichTextBlock(features=RICH_TEXT_FEATURES)
    references = references_field()

    class Meta:
        icon = "help"
        label = "Question"


class QuestionsBlock(StatementBlock):
    """Questions that people ask, each with its answer folded below it."""

    questions = ListBlock(QuestionBlock(), min_num=1, label="Questions")

    def get_statements(self, data, key):
        return [
            composed(
                Kind.COPY,
                f"{key}.{number}",
                line("Question", item["question"]),
                item["answer"],
                label="Question and answer",
                references=references_of(item),
            )
            for number, item in enumerate(data["questions"], start=1)
        ]

    def read_out(self, data, reading):
        for item in data["questions"]:
            reading.below(as_label(item["question"])).rich(item["answer"])

    class Meta:
        icon = "help"
        label = "Questions people ask"
        group = Group.DECIDING
        template = "pages/blocks/questions.html"
        description = "Questions and answers; an answer opens with a tap."
        preview_value = {
            "questions": [
                {
                    "question": "Does it hurt?",
                    "answer": "<p>It stings for a few minutes.</p>",
                    "references": [{"citation": "Smith J. Light on skin.", "year": "2019"}],
                },
                {"question": "Can I have it before a wedding?", "answer": "<p>Leave at least 4 weeks.</p>"},
            ]
        }


class ConsultationBlock(StatementBlock):
    """Questions to take to the first visit, as a list to tick and print."""

    questions = ListBlock(TextBlock(rows=1, max_length=200), label="Questions")

    def get_statements(self, data, key):
        return [composed(Kind.COPY, key, bullets("Ask us", data["questions"]), label="Questions to ask at your visit")]

    def read_out(self, data, reading):
        reading.below("Ask us:").items(data["questions"])

    class Meta:
        icon = "form"
        label = "Questions to ask at your visit"
        group = Group.DECIDING
        template = "pages/blocks/consultation.html"
        description = "A list to tick, that prints well."
        preview_value = {"questions": ["How often have you done this on skin like mine?", "What if I do nothing?"]}
