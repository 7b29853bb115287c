"""Run as a program, in a process of its own: `make` an article in an empty database, or `withdraw` what it rests on."""

import json
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from reviews import services  # noqa: E402
from reviews.models import SignOff  # noqa: E402
from tests import factories  # noqa: E402


def make() -> dict:
    call_command("migrate", verbosity=0)
    editor, hanson = factories.make_editor(), factories.make_clinician("Miriam Hanson")
    reviewer = factories.make_clinician("Ruth Alvarado", reviewer=True)
    page = factories.make_article(factories.copy(), factories.quotation(hanson), by=editor)
    page = factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    return {"path": page.url_path.removeprefix("/home"), "title": page.title}


def withdraw() -> dict:
    review = SignOff.objects.in_force().get(meaning="clinical_review")
    services.withdraw(sign_off_id=review.pk, by=review.user, reason="Not accurate.")
    # The clock that all processes of a machine share.
    return {"committed_at": time.monotonic()}


if __name__ == "__main__":
    print(json.dumps({"make": make, "withdraw": withdraw}[sys.argv[1]]()))  # noqa: T201
