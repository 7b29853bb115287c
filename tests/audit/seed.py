"""Run as a program, in a process of its own: the demo in an empty database, and where each kind of page is."""

import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from pages.demo.load import PASSWORD, load_demo  # noqa: E402
from pages.models import ProcedureArticlePage  # noqa: E402
from reviews import services  # noqa: E402
from reviews.models import Clinician, SignOff  # noqa: E402
from tests import factories  # noqa: E402


def make() -> dict[str, str]:
    call_command("migrate", verbosity=0)
    load_demo()
    article = max(ProcedureArticlePage.objects.live(), key=lambda page: len(str(page.body.get_prep_value())))
    reviewer = Clinician.objects.get(user__username="ruth")
    return {
        "home": "/",
        "index": "/procedures/",
        "article": article.url,
        "record": f"{article.url}record/",
        "topic": f"/procedures/tag/{article.tags.first().slug}/",
        "search": "/search/",
        "found": "/search/?q=redness",
        "nothing found": "/search/?q=xylophone",
        "people": "/people/",
        "person": f"/people/ruth-alvarado-{reviewer.pk}/",
        "how we review": "/how-we-review/",
        "404": "/procedures/no-such-page/",
        "410": _withdrawn(reviewer),
    }


def _withdrawn(reviewer) -> str:
    writer = ProcedureArticlePage.objects.first().owner
    page = factories.make_article(factories.copy(), by=writer, slug="withdrawn")
    services.request_review(page_id=page.pk, by=writer)
    factories.sign_all(page, reviewer, password=PASSWORD)
    sign_off = SignOff.objects.get(page_id=page.pk)
    services.withdraw(sign_off_id=sign_off.pk, by=reviewer.user, reason="Not accurate.")
    return page.url


if __name__ == "__main__":
    print(json.dumps(make()))  # noqa: T201
