from django.db.models import TextChoices
from wagtail.blocks import BlockGroup, CharBlock, ChoiceBlock, DateBlock, TextBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from reviews.statements import Form, Kind, Statement

from .base import Group, StatementBlock


class SpeakerBasis(TextChoices):
    """How we know whose words these are. Open ones keep an article on the desk until a person confirms."""

    STATED = "stated", "The text names the speaker"
    INFERRED = "inferred", "Inferred from the text: please confirm"
    AMBIGUOUS = "ambiguous", "More than one person fits: please choose"
    UNKNOWN = "unknown", "Nobody is named: please choose"
    CONFIRMED = "confirmed", "Confirmed by a person"


OPEN_BASES = {SpeakerBasis.INFERRED, SpeakerBasis.AMBIGUOUS, SpeakerBasis.UNKNOWN}


class QuotationBlock(StatementBlock):
    """Words given as a named clinician's own. Only she can sign them."""

    clinician = SnippetChooserBlock("reviews.Clinician", label="Who said this")
    speaker_basis = ChoiceBlock(
        choices=SpeakerBasis.choices,
        default=SpeakerBasis.CONFIRMED,
        label="How we know",
        help_text="An open question from the import is settled here: choose “Confirmed by a person”.",
    )
    words = TextBlock(rows=3, label="Exact words", help_text="Without quotation marks: the page adds them.")
    printed_attribution = CharBlock(
        required=False,
        max_length=300,
        help_text="As it stood in the text. The page prints the name and credentials of whoever signed.",
    )
    form = ChoiceBlock(
        choices=[
            (Form.VERBATIM, "Verbatim: exactly what was said"),
            (Form.PARAPHRASE, "Paraphrase: a fair summary, printed without quotation marks"),
        ],
        default=Form.VERBATIM,
    )
    disclosure = CharBlock(
        required=False,
        max_length=300,
        label="Material connection",
        help_text="Printed beside the words: “Dr. Hanson is paid by this practice.” or “None.”",
    )
    obtained = CharBlock(
        required=False,
        max_length=200,
        label="How the words were obtained",
        help_text="Interview, e-mail, transcript …",
    )
    obtained_on = DateBlock(required=False, label="When")
    source_passage = TextBlock(required=False, rows=3, label="The passage as imported")

    def get_statements(self, data, key):
        return [
            Statement(
                kind=Kind.QUOTATION,
                key=key,
                text=data["words"],
                form=data["form"],
                attribution=data["printed_attribution"],
                clinician_id=data["clinician"],
                disclosure=data["disclosure"],
            )
        ]

    def read_out(self, data, reading):
        for statement in self.get_statements(data, key=""):
            reading.quotation(statement)

    def get_desk_context(self, value):
        return {
            "speaker": value["clinician"].addressed if value.get("clinician") else "",
            "obtained": value.get("obtained") or "",
            "obtained_on": value.get("obtained_on"),
            "source_passage": value.get("source_passage") or "",
        }

    class Meta:
        icon = "openquote"
        group = Group.WORDS
        template = "pages/blocks/quotation.html"
        description = "A clinician's own words. She is asked to sign them, and nobody else can."
        preview_value = {
            "words": "I would rather do too little and see you again than do too much.",
            "printed_attribution": "Dr. Ana Example, dermatologist",
            "form": Form.VERBATIM,
            "disclosure": "Dr. Example is employed by this practice.",
        }
        form_layout = BlockGroup(
            children=["clinician", "speaker_basis", "words", "form", "disclosure"],
            settings=["printed_attribution", "obtained", "obtained_on", "source_passage"],
        )
        desk_only = ("speaker_basis", "obtained", "obtained_on", "source_passage")
