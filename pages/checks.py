"""What the templates print about the practice is complete, and it is the practice's own."""

from django.conf import settings
from django.core import checks
from django.core.checks import Tags, register

PRINTED = (
    *("name", "short_name", "suffix", "street", "city_line"),
    *("phone", "phone_href", "hours", "after_hours", "emergency"),
)
# Of the demo. No telephone anywhere has a number with 555-01.
_INVENTED = "555-01"


@register(Tags.templates)
def the_practice_is_complete(app_configs, **kwargs):
    """A patient who reads “call us” has to find whom, and whom at night."""
    hint = "cms/settings/base.py has an example of every key."
    return [
        checks.Error(f"PRACTICE does not say “{key}”, which pages print.", hint=hint, id="pages.E001")
        for key in PRINTED
        if key not in settings.PRACTICE
    ]


@register(Tags.templates, deploy=True)
def the_practice_is_not_the_demo(app_configs, **kwargs):
    """Patients must not be told to call a number that nobody has."""
    if _INVENTED not in settings.PRACTICE.get("phone", ""):
        return []
    hint = "Put your name, address, telephone and hours into PRACTICE in cms/settings/base.py."
    return [
        checks.Warning("The site prints the name and telephone of the demo's practice.", hint=hint, id="pages.W001")
    ]
