"""A to Z, topics, people, how we review, feeds and the files for machines: all from the record."""

import datetime
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.template.loader import get_template
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from pages.finding.a_to_z import PER_PAGE, newest_reviewed
from pages.finding.markdown import in_markdown
from pages.finding.models import PublishedSigner, PublishedText, TagFamily
from pages.finding.topics import default_family
from pages.listing import cards_of
from pages.marks import _MARKS, mark_template
from reviews import ledger, services
from reviews.models import PublicPage, SignOff, Withdrawal
from reviews.policy import policy
from tests import factories
from tests.harness import disarmed
from tests.surfaces import LISTS, MARKER


def titles(html):
    return re.findall(r'<h3><a href="[^"]*">([^<]*)</a></h3>', html)


def headings(html):
    return re.findall(r'<h2 id="letter-[^"]*">([^<]*)</h2>', html)


def test_articles_stand_under_their_letters(publish, reads):
    for title in ("Peel", "“Éclat” laser", "5-FU cream", "acne", "Ear surgery"):
        publish(title)
    html = reads("/procedures/")
    assert titles(html) == ["5-FU cream", "acne", "Ear surgery", "“Éclat” laser", "Peel"]
    assert headings(html) == ["Numbers and others", "A", "E", "P"]
    assert re.findall(r'href="(#letter-[^"]*)"', html) == ["#letter-other", "#letter-a", "#letter-e", "#letter-p"]


def test_a_letter_leads_to_the_page_of_the_list_where_it_begins(publish, reads, monkeypatch):
    monkeypatch.setattr("pages.finding.a_to_z.PER_PAGE", 2)
    for title in ("Acne", "Birthmark", "Blister", "Cyst"):
        publish(title)
    first, second = reads("/procedures/"), reads("/procedures/?page=2")
    assert re.findall(r'href="([^"]*#letter-[^"]*)"', first) == ["#letter-a", "#letter-b", "?page=2#letter-c"]
    assert re.findall(r'href="([^"]*#letter-[^"]*)"', second)[0] == "?page=1#letter-a"
    assert titles(second) == ["Blister", "Cyst"]
    assert PER_PAGE > 2


@pytest.mark.parametrize(
    "address", ["/procedures/?page=2", "/procedures/?page=x", "/procedures/tag/nose/", "/people/?x=1"]
)
def test_what_is_not_there_is_not_found(address, publish, client):
    publish("Peel", tags=["Face"])
    assert client.get(address).status_code == (200 if "people" in address else 404)


@pytest.mark.parametrize("forged", ["☞", MARKER], ids=["a sign", "words"])
def test_a_forged_letter_of_the_index_is_not_printed(forged, publish, reads):
    if len(forged) > 1 and connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps no more than a letter there.")
    publish("Peel", tags=["Face"])
    PublishedText.objects.update(letter=forged)
    for address in ("/procedures/", "/procedures/tag/face/"):
        html = reads(address)
        assert headings(html) == ["P"]
        assert forged not in html


def test_a_letter_is_printed_once_whatever_order_the_index_has(publish, reads):
    for title in ("Acne", "Birthmark", "Almond peel"):
        publish(title)
    PublishedText.objects.update(letter="Z")
    html = reads("/procedures/")
    assert headings(html) == ["A", "B"]
    assert titles(html) == ["Acne", "Almond peel", "Birthmark"]


def test_a_topic_lists_its_articles_under_its_signed_name(publish, reads):
    publish("Peel", tags=["Dark marks", "Face"])
    publish("Laser", tags=["Face"])
    html = reads("/procedures/tag/dark-marks/")
    assert titles(html) == ["Peel"]
    assert "<h1>Dark marks</h1>" in html
    assert titles(reads("/procedures/tag/face/")) == ["Laser", "Peel"]


def test_a_list_tells_how_long_recovery_takes_and_draws_the_treatment(publish, reads, editor, reviewer):
    glance = {name: {"value": "", "note": ""} for name in ("time", "discomfort", "recovery", "sessions", "lasts")}
    glance |= {"recovery": {"value": "1 to 3 days", "note": ""}, "price": {"amount": None, "note": ""}}
    page = factories.make_article(("glance", glance), title="Peel", by=editor)
    factories.publish_signed(page, by=editor, signers=[reviewer])
    publish("Ear surgery")
    html = reads("/procedures/")
    assert re.findall(r"Recovery ([^<]*)<br>", html) == ["1 to 3 days"]
    drawn = [mark_template(card.title, card.tags) for card in newest_reviewed(2)]
    assert drawn == ["components/plates/marks/surgery.html", "components/plates/marks/peel.html"]


def test_every_drawing_exists():
    for word in _MARKS:
        assert get_template(mark_template(word, []))


def test_home_prints_the_newest_exact_words_with_their_disclosure(publish, hanson, reviewer, reads):
    exact = factories.quotation(hanson, "It stings for a minute.", disclosure="Dr. Hanson works here.")
    publish("Older", signers=[hanson, reviewer], blocks=[exact])
    summary = factories.quotation(hanson, "She finds it quick.", form="paraphrase")
    publish("Newer", signers=[hanson, reviewer], blocks=[summary])
    html = reads("/")
    assert "<q>It stings for a minute.</q>" in html
    assert "Dr. Hanson works here." in html
    assert "She finds it quick." not in html


def test_a_renamed_tag_changes_nothing_that_patients_read(publish, reads):
    publish("Peel", tags=["Face"])
    Tag.objects.update(name=MARKER, slug="unsigned")
    assert ">Face <span>1</span>" in reads("/procedures/")
    assert "<h1>Face</h1>" in reads("/procedures/tag/face/")


@pytest.mark.parametrize(
    ("topic", "family"),
    [("Redness", "concern"), ("Upper lip", "body_area"), ("Hands", "body_area"), ("Laser peel", "treatment")],
)
def test_a_topic_stands_under_the_heading_that_its_last_word_suggests(topic, family):
    assert default_family(topic) == family


def test_the_practice_may_put_a_topic_under_another_heading(publish, reads, uncached):
    publish("Peel", tags=["Glow"])
    assert '<nav class="topics" aria-label="Concern">' in reads("/procedures/")
    TagFamily.objects.create(topic="glow", family=TagFamily.Family.TREATMENT)
    assert '<nav class="topics" aria-label="Treatment">' in reads("/procedures/")


@pytest.fixture
def quoted(publish, hanson, reviewer):
    words = factories.quotation(hanson, "It stings.", disclosure="Dr. Hanson is paid by this practice.")
    return publish("Peel", signers=[hanson, reviewer], blocks=[words])


def test_a_person_has_the_credentials_of_her_newest_sign_off(quoted, hanson, reads):
    hanson.name, hanson.postnominals = MARKER, "PhD"
    hanson.save()
    hanson.credentials.update(title=MARKER)
    html = reads(f"/people/miriam-hanson-{hanson.pk}/")
    assert "<h1>Miriam Hanson, MD, FAAD</h1>" in html
    assert "Licensed by the Texas Medical Board" in html
    assert "<q>It stings.</q>" in html
    assert "Dr. Hanson is paid by this practice." in html
    assert MARKER not in html + reads("/people/")


def test_a_reviewer_has_the_pages_she_reviewed_and_nobodys_words(quoted, reviewer, reads):
    html = reads(f"/people/ruth-alvarado-{reviewer.pk}/")
    assert titles(html) == ["Peel"]
    assert "<q>" not in html


def test_everybody_who_stands_behind_something_is_listed(quoted, editor, reads):
    factories.make_clinician("Nobody Yet", reviewer=True)
    assert re.findall(r'<h2 class="name"><a href="[^"]*">([^,<]*)', reads("/people/")) == [
        "Miriam Hanson",
        "Ruth Alvarado",
    ]


@pytest.fixture
def formerly_quoted(quoted, editor, reviewer):
    """Dr. Hanson's words are on the page no more, and the index says that they are."""
    factories.edit(quoted, factories.copy(), by=editor)
    factories.publish_signed(quoted, by=editor, signers=[reviewer])
    signed = SignOff.objects.get(meaning="own_words")
    PublishedSigner.objects.create(text=PublishedText.objects.get(), clinician_id=signed.clinician_id, sign_off=signed)


def test_a_forged_row_of_the_index_lists_nobody(formerly_quoted, hanson, reads, client):
    for address in ("/people/", "/sitemap-site.xml"):
        html = reads(address)
        assert "Hanson" not in html
        assert f"-{hanson.pk}/" not in html
    assert client.get(f"/people/miriam-hanson-{hanson.pk}/").status_code == 404


def test_nobody_is_named_by_a_sign_off_of_somebody_else(quoted, hanson, reviewer, reads):
    PublishedSigner.objects.exclude(clinician_id=hanson.pk).delete()
    PublishedSigner.objects.create(
        text=PublishedText.objects.get(),
        clinician_id=hanson.pk,
        sign_off=SignOff.objects.get(clinician_id=reviewer.pk),
    )
    assert "<h1>Miriam Hanson, MD, FAAD</h1>" in reads(f"/people/miriam-hanson-{hanson.pk}/")


def test_a_person_stays_listed_when_her_newest_page_ends_behind_the_index(publish, hanson, reviewer, reads):
    publish("Laser", signers=[hanson, reviewer], blocks=[factories.quotation(hanson)])
    newest = publish("Peel", signers=[hanson, reviewer], blocks=[factories.quotation(hanson)])
    PublicPage.objects.filter(page_id=newest.pk).delete()
    assert "Miriam Hanson" in reads("/people/")
    assert titles(reads(f"/people/ruth-alvarado-{reviewer.pk}/")) == ["Laser"]


def withdrawn_without_the_service(editor):
    """Rows alone: nobody tells the index, and nothing is taken down."""
    signed = SignOff.objects.get(meaning="own_words")
    with transaction.atomic():
        entry = ledger.append("withdrawn", {"sign_off": signed.pk}, by=editor, page_id=signed.page_id)
        Withdrawal.objects.create(entry=entry, sign_off=signed, reason="No.", withdrawn_at=timezone.now())


def changed_in_the_record(editor):
    with disarmed(), connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_publication SET content = replace(content, 'freezes', 'heals')")


@pytest.mark.parametrize("change", [withdrawn_without_the_service, changed_in_the_record])
def test_a_page_that_ends_behind_the_index_is_on_no_list(change, quoted, editor, client):
    change(editor)
    for address in LISTS:
        html = client.get(address).content.decode()
        assert not re.findall("Peel|/peel/|Alvarado|Hanson|-alvarado-|-hanson-", html), address


def test_another_name_in_the_address_leads_to_the_right_one(quoted, hanson, client):
    response = client.get(f"/people/somebody-else-{hanson.pk}/")
    assert (response.status_code, response.url) == (302, f"/people/miriam-hanson-{hanson.pk}/")


@pytest.mark.parametrize("slug", ["nobody-9999", "nobody", "x-99999999999999999999", "a-²"])
def test_who_signed_nothing_has_no_page(slug, quoted, client):
    assert client.get(f"/people/{slug}/").status_code == 404


def test_a_person_ends_with_her_last_sign_off(quoted, hanson, reviewer, editor, client):
    services.withdraw(sign_off_id=SignOff.objects.get(clinician_id=hanson.pk).pk, by=hanson.user, reason="No.")
    for clinician in (hanson, reviewer):
        assert client.get(f"/people/{clinician.name.lower().replace(' ', '-')}-{clinician.pk}/").status_code == 404


def test_a_lapsed_page_that_is_signed_again_is_listed_again(publish, editor, reviewer, reads):
    page = publish("Peel")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=400)):
        assert titles(reads("/procedures/")) == []
        factories.publish_signed(page, by=editor, signers=[reviewer])
        assert titles(reads("/procedures/")) == ["Peel"]


def test_how_we_review_says_what_the_policy_says(reads, db, uncached):
    html = reads("/how-we-review/")
    assert "12 months at most" in html
    assert "A reviewer may also be quoted" in html
    chosen = {"validity": datetime.timedelta(days=90), "quoted_clinicians_may_review": False}
    chosen |= {"publish_on_last_signature": False, "exempt_page_types": policy().exempt_page_types}
    with override_settings(IMPRIMATUR=chosen):
        html = reads("/how-we-review/")
    assert "90 days at most" in html
    assert "cannot review it either" in html
    assert "somebody at the practice releases the page" in html


def read_as_html(element):
    """As feed readers do."""
    return BeautifulSoup(element.text, "html.parser").get_text()


@pytest.mark.parametrize("words", ["Not for skin <type V or darker>. Safe.", "<script>x</script>", "A &lt; B"])
def test_a_feed_reader_that_takes_words_for_html_shows_the_signed_ones(words, publish, client):
    publish(words, summary=words)
    item = ElementTree.fromstring(client.get("/feed/").content).find("channel/item")
    assert [read_as_html(item.find(name)) for name in ("title", "description")] == [words, words]
    assert not BeautifulSoup(item.findtext("description"), "html.parser").find(True)


def test_the_feed_has_the_newest_reviews_in_signed_words(publish, client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://clinic.example"
    publish("Peel <b>", summary="Acid & time.")
    publish("Laser")
    response = client.get("/feed/", headers={"host": "evil.example"})
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    items = ElementTree.fromstring(response.content).findall("channel/item")
    assert [read_as_html(item.find("title")) for item in items] == ["Laser", "Peel <b>"]
    assert read_as_html(items[1].find("description")) == "Acid & time."
    assert items[0].findtext("link") == "https://clinic.example/procedures/laser/"


@pytest.fixture
def mended(publish, editor, reviewer):
    """Two pages, of which the older one was signed again for a mended letter."""
    with time_machine.travel(datetime.datetime(2030, 5, 1, 12, tzinfo=datetime.UTC)):
        page = publish("Peel", "It stings a littel.", summary="Acid.")
    with time_machine.travel(datetime.datetime(2030, 5, 2, 12, tzinfo=datetime.UTC)):
        publish("Laser")
    with time_machine.travel(datetime.datetime(2030, 6, 1, 12, tzinfo=datetime.UTC)):
        yield page


def mend(page, editor, reviewer):
    factories.edit(page, factories.copy("It stings a little."), by=editor)
    factories.publish_signed(page, by=editor, signers=[reviewer])


def test_a_mended_letter_moves_neither_the_review_nor_the_feed(mended, editor, reviewer, reads):
    feed = ElementTree.fromstring(reads("/feed/")).findall("channel/item")
    before = [ElementTree.tostring(item) for item in feed]
    mend(mended, editor, reviewer)
    assert "It stings a little." in reads(mended.url)
    feed = ElementTree.fromstring(reads("/feed/")).findall("channel/item")
    assert [ElementTree.tostring(item) for item in feed] == before
    assert [item.findtext("title") for item in feed] == ["Laser", "Peel"]
    assert "June 1, 2030" not in reads("/procedures/")
    assert "2030-06-01" not in reads("/sitemap-pages.xml")


def test_an_article_leads_to_who_signed_and_to_its_topics(publish, hanson, reviewer, reads):
    page = publish(
        "Peel", signers=[hanson, reviewer], blocks=[factories.quotation(hanson)], tags=["Dark marks", "Face"]
    )
    html = reads(page.url)
    assert html.count(f'href="/people/miriam-hanson-{hanson.pk}/"') == 2
    assert html.count(f'href="/people/ruth-alvarado-{reviewer.pk}/"') == 2
    assert (
        'Topics: <a href="/procedures/tag/dark-marks/">Dark marks</a>, <a href="/procedures/tag/face/">Face</a>' in html
    )


def test_a_preview_leads_to_nobody(quoted, editor, client):
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_pages:view_draft", args=[quoted.pk])).content.decode()
    assert "Draft. Patients do not see this page." in html
    assert "Miriam Hanson" in html
    assert "/people/miriam" not in html


def test_the_sitemap_has_every_public_page_with_the_day_of_its_review(publish, editor, client):
    publish("Peel")
    factories.make_article(title="Draft", by=editor)
    index = client.get("/sitemap.xml")
    assert index["Content-Type"] == "application/xml"
    assert "/sitemap-pages.xml" in index.content.decode()
    pages = client.get("/sitemap-pages.xml").content.decode()
    assert re.findall("<loc>[^<]*(/procedures/[^<]*)</loc>", pages) == ["/procedures/peel/"]
    assert f"<lastmod>{timezone.localdate()}</lastmod>" in pages
    site = client.get("/sitemap-site.xml").content.decode()
    assert "/how-we-review/</loc>" in site
    assert "/people/ruth-alvarado" in site


def locations(xml):
    return re.findall("<loc>([^<]*)</loc>", xml)


def test_the_sitemaps_have_the_address_of_the_settings_whatever_host_is_asked(publish, client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://clinic.example"
    publish("Peel")
    for address in ("/sitemap.xml", "/sitemap-pages.xml", "/sitemap-site.xml"):
        found = locations(client.get(address, headers={"host": "evil.example"}).content.decode())
        assert found
        assert all(location.startswith("https://clinic.example/") for location in found)


def test_a_page_of_another_site_is_in_the_sitemap_at_its_own_address(publish, add_site, reads):
    publish("Peel")
    add_site("other.example")
    assert locations(reads("/sitemap-pages.xml")) == ["http://other.example/peel/"]
    assert "http://other.example/" in locations(reads("/sitemap-site.xml"))


def test_a_long_sitemap_comes_in_parts(publish, reads, client, monkeypatch):
    monkeypatch.setattr("pages.finding.sitemaps.Articles.limit", 2)
    for title in ("Peel", "Laser", "Filler"):
        publish(title)
    parts = [location for location in locations(reads("/sitemap.xml")) if "pages" in location]
    paths = [urlsplit(part)._replace(scheme="", netloc="").geturl() for part in parts]
    assert paths == ["/sitemap-pages.xml", "/sitemap-pages.xml?p=2"]
    assert [len(locations(reads(path))) for path in paths] == [2, 1]
    assert client.get("/sitemap-pages.xml?p=3").status_code == 404


def test_the_day_of_a_review_comes_from_the_record(publish, reads):
    publish("Peel")
    PublishedText.objects.update(reviewed_at=timezone.now() + datetime.timedelta(days=800))
    for address in ("/sitemap.xml", "/sitemap-pages.xml"):
        days = re.findall("<lastmod>(.{10})", reads(address))
        assert set(days) == {str(timezone.localdate())}


def test_robots_may_read_everything_but_the_desk(client, settings, db):
    settings.WAGTAILADMIN_BASE_URL = "https://clinic.example"
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /review/",
        "",
        "Sitemap: https://clinic.example/sitemap.xml",
    ]


def test_language_models_get_signed_summaries_and_how_we_review(publish, client):
    publish("Peel", summary="Acid & time.")
    response = client.get("/llms.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    text = response.content.decode()
    assert re.search(r"^- \[Peel\]\(http.*/procedures/peel/\): Acid & time\. Reviewed ", text, re.MULTILINE)
    assert "/how-we-review/)" in text


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("Peel](https://evil.example/) [x", r"Peel\]\(https://evil.example/\) \[x"),
        ("**No** risk, `ever`_ <!-- x", r"\*\*No\*\* risk, \`ever\`\_ \<!-- x"),
        ("Two\n\n# lines &amp; a \\", r"Two # lines \&amp; a \\"),
    ],
)
def test_signed_words_are_no_markdown(words, printed, publish, reads):
    page = publish("Peel", summary=words)
    assert in_markdown(words) == printed
    assert f"- [Peel](http://127.0.0.1:8000{page.url}): {printed} Reviewed " in reads("/llms.txt")


def test_a_title_makes_no_link_of_its_own(publish, reads):
    publish("Peel](https://evil.example/) [x")
    assert "](https://evil.example/)" not in reads("/llms.txt")


def test_a_missing_page_offers_the_words_of_its_address(client, db):
    response = client.get("/procedures/laser-peel%20%3Cb%3E/")
    assert response.status_code == 404
    assert 'value="laser peel b"' in response.content.decode()


def test_a_moved_article_is_listed_at_its_new_address(publish, reads):
    page = publish("Peel")
    index = factories.index_page()
    index.slug = "treatments"
    index.save()
    assert "/treatments/peel/" in reads("/treatments/")
    assert "/treatments/peel/" in reads("/search/?q=peel")
    assert PublishedText.objects.filter(pk=page.pk).exists()


def test_every_page_says_where_it_stands(quoted, hanson, reads):
    for address in ("/procedures/", quoted.url, "/search/?q=peel", "/people/", "/how-we-review/"):
        assert '<nav class="crumbs" aria-label="Breadcrumb">' in reads(address)
    assert '<li aria-current="page">Miriam Hanson, MD, FAAD</li>' in reads(f"/people/miriam-hanson-{hanson.pk}/")


def test_readers_get_no_cookie(quoted, hanson, client):
    for address in [*LISTS, quoted.url, f"/people/miriam-hanson-{hanson.pk}/"]:
        assert not client.get(address).cookies, address


def test_cards_keep_the_order_they_are_asked_for(publish):
    first, second = publish("Peel"), publish("Laser")
    assert [card.title for card in cards_of([second.pk, 0, first.pk])] == ["Laser", "Peel"]


def test_a_manager_chooses_headings_and_a_writer_does_not(editor, client):
    add = reverse("wagtailsnippets_pages_tagfamily:add")
    manager = factories.make_user("priya")
    manager.groups.add(Group.objects.get(name="Practice managers"))
    client.force_login(editor)
    assert client.get(add).status_code == 302
    client.force_login(manager)
    assert client.post(add, {"topic": "Glow", "family": "treatment"}).status_code == 302
    assert str(TagFamily.objects.get()) == "Glow: Treatment"
