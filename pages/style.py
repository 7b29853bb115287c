"""The style page: every block in every state, for staff who want to see the look. Nothing on it is anybody's words."""

from django.conf import settings
from django.utils import timezone
from django.views.generic import TemplateView

from reviews.statements import Form

from .blocks import ArticleBody
from .canonical import canonical_value
from .content import shown_body
from .samples import SampleSignatures, with_defaults
from .sources import numbered_sources

TOKENS = ("paper", "sheet", "sand", "text", "muted", "line", "edge", "cedar", "sign", "ochre", "oxide")
TONES = tuple(f"tone-{number}" for number in range(1, 6))


class StyleView(TemplateView):
    template_name = "pages/style.html"

    def get_context_data(self, **kwargs):
        children, statements = _samples()
        review = SampleSignatures().review
        shared = {"practice": settings.PRACTICE, "sources": numbered_sources(statements), "reference_uses": {}}
        shared |= {"record_url": "#", "record_json_url": "#"}
        return {
            **super().get_context_data(**kwargs),
            **shared,
            "sample": True,
            "tokens": TOKENS + TONES,
            "states": [_state(title, child, signed, shared) for title, child, signed in children],
            "signatures": SampleSignatures(),
            "whole_review": review,
            "published_at": review.signed_at,
            "next_review": timezone.now(),
        }


def _state(title, child, signed: bool, shared: dict) -> dict:
    signatures = SampleSignatures() if signed else None
    context = {**shared, "sample": True, "signatures": signatures}
    return {"title": title, "description": child.block.meta.description, "html": child.render(context)}


def _samples():
    """Title, block and whether it is signed, of every sample; and all their statements, for the list of sources."""
    body = ArticleBody()
    rows = [(block.label, name, block.meta.preview_value, True) for name, block in body.child_blocks.items()]
    words = body.child_blocks["quotation"].meta.preview_value
    rows += [
        ("Quotation, a fair summary", "quotation", {**words, "form": Form.PARAPHRASE}, True),
        ("Quotation that nobody has signed: a draft only", "quotation", {**words, "words": "Not mine yet."}, False),
    ]
    blocks = [body.child_blocks[name] for _, name, _, _ in rows]
    data = [canonical_value(block, with_defaults(block, row[2])) for block, row in zip(blocks, rows, strict=True)]
    items = [{"type": row[1], "value": value} for row, value in zip(rows, data, strict=True)]
    statements = [item for block, value in zip(blocks, data, strict=True) for item in block.get_statements(value, "")]
    shown = shown_body(body, items, timezone.localdate())
    return [(row[0], child, row[3]) for row, child in zip(rows, shown, strict=True)], statements
