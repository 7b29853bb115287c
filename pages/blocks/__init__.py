from wagtail.blocks import StreamBlock

from .alert import SafetyAlertBlock
from .alternatives import AlternativesBlock
from .care import CareBlock
from .cost import CostBlock
from .glance import GlanceBlock
from .media import ImageBlock
from .pictures import BeforeAfterBlock
from .questions import ConsultationBlock, QuestionsBlock
from .quotation import QuotationBlock
from .recovery import RecoveryBlock
from .related import RelatedBlock
from .results import ResultsBlock
from .risks import RisksBlock
from .steps import StepsBlock
from .suitability import SuitabilityBlock
from .text import ClaimBlock, CopyBlock, HeadingBlock


class ArticleBody(StreamBlock):
    """The body of a procedure article. Every block can say which statements it holds."""

    heading = HeadingBlock()
    copy = CopyBlock()
    quotation = QuotationBlock()
    claim = ClaimBlock()
    image = ImageBlock()
    alert = SafetyAlertBlock()
    glance = GlanceBlock()
    suitability = SuitabilityBlock()
    steps = StepsBlock()
    recovery = RecoveryBlock()
    results = ResultsBlock()
    before_after = BeforeAfterBlock()
    risks = RisksBlock()
    care = CareBlock()
    cost = CostBlock()
    alternatives = AlternativesBlock()
    questions = QuestionsBlock()
    consultation = ConsultationBlock()
    related = RelatedBlock()

    class Meta:
        block_counts = {"alert": {"max_num": 1}, "glance": {"max_num": 1}}
