from wagtail.blocks import StreamBlock

from .media import ImageBlock
from .quotation import QuotationBlock
from .references import ReferenceBlock
from .steps import StepsBlock
from .text import ClaimBlock, CopyBlock, HeadingBlock

__all__ = [
    "ArticleBody",
    "ClaimBlock",
    "CopyBlock",
    "HeadingBlock",
    "ImageBlock",
    "QuotationBlock",
    "ReferenceBlock",
    "StepsBlock",
]


class ArticleBody(StreamBlock):
    """The body of a procedure article. Every block can say which statements it holds."""

    heading = HeadingBlock()
    copy = CopyBlock()
    quotation = QuotationBlock()
    claim = ClaimBlock()
    steps = StepsBlock()
    image = ImageBlock()
