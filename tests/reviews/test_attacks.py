"""Ways round the gate that were found by attacking it. Each stays closed."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from pages.models import HomePage
from reviews import services
from reviews.errors import ChangedWhileReading, NotAllowed, NotSignedOff
from reviews.gate import obstacles
from reviews.models import Clinician, Credential, LedgerEntry, Publication, PublicPage, SignedStatement, SignOff
from reviews.permissions import authors_of
from reviews.verification import verify_public_pages
from tests import factories


def execute(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def sign(page, clinician, line_digest, meanings=("own_words",)):
    content = factories.content_of(page)
    return services.sign_off(
        page_id=page.pk,
        by=clinician.user,
        proof=factories.proof_of(clinician.user),
        meanings=meanings,
        approved=content.digests,
        page_digest=content.page_digest,
        line_digest=line_digest,
    )


def test_nobody_slips_words_into_a_signature_line_while_she_reads(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    seen = factories.digest(hanson.signature_line())
    Clinician.objects.filter(pk=hanson.pk).update(capacity="The best dermatologist in Texas")
    with pytest.raises(ChangedWhileReading):
        sign(article, hanson, seen)
    assert not SignOff.objects.exists()


@pytest.mark.parametrize(
    "copy",
    [
        "“It never hurts,” says Dr. Miriam Hanson.",
        "As Dr. Hanson puts it, “it never hurts at all.”",
        "Dr. Miriam Hanson calls it “the gentlest treatment that I know.”",
    ],
)
def test_words_of_a_clinician_in_copy_have_to_be_a_quotation_block(copy, editor, hanson, reviewer):
    page = factories.make_article(factories.copy(copy), factories.quotation(hanson), by=editor)
    with pytest.raises(NotAllowed, match="Make it a quotation block") as refusal:
        services.request_review(page_id=page.pk, by=editor)
    assert refusal.value.code == "quotation_in_copy"


def test_words_of_a_clinician_in_the_description_for_search_are_found_too(editor, hanson, reviewer):
    words = "“It never hurts,” says Dr. Miriam Hanson."
    page = factories.make_article(factories.quotation(hanson), by=editor)
    factories.edit(page, by=editor, search_description=words)
    with pytest.raises(NotAllowed, match="Make it a quotation block"):
        services.request_review(page_id=page.pk, by=editor)


def test_a_term_in_quotation_marks_is_no_quotation(editor, reviewer):
    page = factories.make_article(factories.copy("Some call it a “vampire facial”. We do not."), by=editor)
    assert services.request_review(page_id=page.pk, by=editor)


@pytest.fixture
def second_version(public_article, editor, hanson, reviewer):
    """The safety correction that replaced the first version."""
    factories.edit(public_article, factories.copy("It can leave a scar."), factories.quotation(hanson), by=editor)
    return factories.publish_signed(public_article, by=editor, signers=[reviewer])


def test_going_back_to_a_superseded_version_is_reviewed_again(second_version, editor, hanson, reviewer):
    factories.edit(second_version, factories.copy(), factories.quotation(hanson), by=editor)
    [asked] = services.request_review(page_id=second_version.pk, by=editor)
    assert (asked.clinician, asked.meaning) == (reviewer, "clinical_review")


def test_a_withdrawn_review_does_not_bring_an_older_one_back(second_version, editor, hanson, reviewer):
    newest = SignOff.objects.filter(clinician_id=reviewer.pk).last()
    services.withdraw(sign_off_id=newest.pk, by=reviewer.user, reason="Not accurate.")
    factories.edit(second_version, factories.copy(), factories.quotation(hanson), by=editor)
    with pytest.raises(NotSignedOff):
        services.publish(page_id=second_version.pk, by=editor)


def test_a_page_that_ended_does_not_even_print_its_title(public_article, reviewer, client):
    review = SignOff.objects.get(clinician_id=reviewer.pk)
    services.withdraw(sign_off_id=review.pk, by=reviewer.user, reason="The title is wrong.")
    assert public_article.title not in client.get(public_article.url).content.decode()


def test_a_page_of_the_base_type_cannot_be_live(db):
    with pytest.raises(NotSignedOff, match="nobody is asked to sign it"):
        HomePage.objects.get().add_child(instance=Page(title="Unsigned", slug="unsigned"))
    assert not Page.objects.filter(slug="unsigned").exists()


def test_changing_the_type_of_a_row_does_not_make_it_public(article):
    from django.contrib.contenttypes.models import ContentType

    base = ContentType.objects.get_for_model(Page, for_concrete_model=False)
    Page.objects.filter(pk=article.pk).update(content_type=base)
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=article.pk).update(live=True)


def test_sql_cannot_replace_a_row_of_the_record(public_article):
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite has INSERT OR REPLACE.")
    before = list(LedgerEntry.objects.values())
    with pytest.raises(IntegrityError, match="append-only"):
        execute("INSERT OR REPLACE INTO reviews_ledgerentry SELECT * FROM reviews_ledgerentry WHERE sequence = 2")
    assert list(LedgerEntry.objects.values()) == before


def test_a_sign_off_that_the_ledger_does_not_know_counts_for_nothing(article, editor, hanson, reviewer):
    services.request_review(page_id=article.pk, by=editor)
    [real] = factories.sign_all(article, reviewer)
    forged = {field.attname: getattr(real, field.attname) for field in SignOff._meta.fields}
    SignOff.objects.create(**{**forged, "entry_id": 1, "clinician_id": hanson.pk, "meaning": "own_words"})
    assert not SignOff.objects.in_force().filter(clinician_id=hanson.pk).exists()


def test_sql_cannot_give_a_signer_another_account(hanson, superuser):
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinician.objects.filter(pk=hanson.pk).update(user=superuser)


def test_a_version_of_another_article_is_not_published(public_article, editor, article):
    other = factories.make_article(title="Other", by=editor)
    with pytest.raises(NotAllowed, match="belongs to another article"):
        services.publish(page_id=public_article.pk, by=editor, revision=other.get_latest_revision())


@pytest.mark.parametrize(
    "markup",
    [
        '<p>Cold.</p><script>alert("x")</script>',
        '<p onclick="x()">Cold.</p>',
        '<p><a href="javascript:x()">Cold.</a></p>',
        '<p>Cold.</p><embed embedtype="image" id="1"/>',
    ],
)
def test_markup_that_the_editor_cannot_make_is_never_public(markup, editor, hanson, reviewer, client):
    block = ("copy", {"text": markup, "references": []})
    page = factories.make_article(block, factories.quotation(hanson), by=editor)
    page = factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    html = client.get(page.url).content.decode()
    assert "Cold." in html
    assert not any(bad in html for bad in ("alert(", "onclick", "javascript:", "<embed"))


def test_a_row_taken_off_by_hand_ends_its_publication_in_the_record(public_article):
    public_article.live = False
    public_article.save()
    assert not PublicPage.objects.exists()
    assert LedgerEntry.objects.last().kind == "taken_down"


def test_a_degree_alone_signs_nothing_and_does_not_outlive_the_license(article, editor, reviewer, hanson):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    Credential.objects.filter(clinician=hanson).update(valid_until=tomorrow)
    Credential.objects.create(clinician=hanson, kind="degree", title="MD", issuer="A", checked_on=timezone.localdate())
    services.request_review(page_id=article.pk, by=editor)
    [signed] = factories.sign_all(article, Clinician.objects.get(pk=hanson.pk))
    assert timezone.localdate(signed.valid_until) == tomorrow
    Credential.objects.filter(clinician=hanson, kind="license").delete()
    with pytest.raises(NotAllowed, match="no current license"):
        sign(article, hanson, "")


def test_authors_stay_authors_when_revisions_are_purged(editor, hanson, reviewer):
    page = factories.make_article(factories.quotation(hanson), by=editor)
    draft = factories.draft(page)
    draft.save_revision(user=reviewer.user, log_action=True)
    draft.save_revision(user=editor, log_action=True)
    page.revisions.filter(user=reviewer.user).delete()
    assert reviewer.user_id in authors_of(page)


BAD_ADDRESSES = [
    "/review/sign-offs/99999999999999999999/withdraw/",
    "/review/99999999999999999999/",
    "/admin/sign-off/99999999999999999999/record/",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a_number_that_no_database_holds_is_no_page(address, client, superuser):
    client.force_login(superuser)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["sign_off_desk:publish", "sign_off_desk:request_review"])
def test_structural_pages_are_not_signed(name, client, superuser):
    client.force_login(superuser)
    assert client.post(reverse(name, args=[HomePage.objects.get().pk])).status_code == 404


def test_a_lost_picture_is_an_obstacle_and_not_an_error(editor, reviewer, client):
    from wagtail.images import get_image_model

    image = get_image_model()(title="Lost", file="original_images/lost.png", width=1, height=1)
    get_image_model().objects.bulk_create([image])
    block = ("image", {"image": image.pk, "alt_text": "A hand", "caption": ""})
    page = factories.make_article(block, by=editor)
    client.force_login(editor)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_a_clinician_of_the_record_cannot_be_deleted_in_the_admin(public_article, hanson, client, superuser):
    client.force_login(superuser)
    url = reverse("wagtailsnippets_reviews_clinician:delete", args=[hanson.pk])
    response = client.post(url, follow=True)
    assert "This clinician signs or has signed." in response.content.decode()
    url = reverse("wagtail_bulk_action", args=["reviews", "clinician", "delete"])
    response = client.post(f"{url}?id={hanson.pk}&next=/admin/", follow=True)
    assert "This clinician signs or has signed." in response.content.decode()
    assert Clinician.objects.filter(pk=hanson.pk).exists()


def test_review_pages_are_stored_by_nobody(client, hanson):
    client.force_login(hanson.user)
    assert "no-store" in client.get("/review/").headers["Cache-Control"]


def test_a_draft_is_read_only_by_those_asked_now(article, editor, hanson, reviewer, client):
    services.request_review(page_id=article.pk, by=editor)
    client.force_login(hanson.user)
    assert client.get(f"/review/{article.pk}/page/").status_code == 200
    services.request_changes(page_id=article.pk, by=reviewer.user, note="Shorter.")
    assert client.get(f"/review/{article.pk}/page/").status_code == 403


def test_words_slipped_into_the_rows_of_a_sign_off_do_not_publish(editor, hanson, reviewer, client):
    page = factories.make_article(factories.quotation(hanson, "It stings."), by=editor)
    factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    factories.edit(page, factories.quotation(hanson, "It never hurts."), by=editor)
    [slipped] = factories.content_of(page).quotations
    own_words = SignOff.objects.get(clinician_id=hanson.pk)
    SignedStatement.objects.create(sign_off=own_words, position=9, digest=slipped.digest, key="", canonical="{}")
    services.request_review(page_id=page.pk, by=editor)
    factories.sign_all(page, reviewer)
    assert "It stings." in client.get(page.url).content.decode()
    [obstacle] = obstacles(Page.objects.get(pk=page.pk).get_latest_revision_as_object())
    assert obstacle.sentence == "Dr. Miriam Hanson has not signed “It never hurts”."


def test_what_was_taken_down_stays_down_when_its_rows_are_put_back(public_article, editor, client):
    publication = PublicPage.objects.get().publication
    services.take_down(page_id=public_article.pk, by=editor)
    PublicPage.objects.create(page_id=public_article.pk, publication=publication)
    Page.objects.filter(pk=public_article.pk).update(live=True)
    assert client.get(public_article.url).status_code == 410
    assert public_article.title not in client.get("/procedures/").content.decode()
    assert [finding.code for finding in verify_public_pages()] == ["not_newest"]


def test_the_end_of_a_page_cannot_be_made_its_publication(public_article, editor, client):
    old = PublicPage.objects.get().publication
    end = services.take_down(page_id=public_article.pk, by=editor)
    facts = {"page_id": old.page_id, "page_digest": old.page_digest, "content": old.content}
    forged = Publication.objects.create(entry=end, published_at=old.published_at, **facts)
    PublicPage.objects.create(page_id=public_article.pk, publication=forged)
    Page.objects.filter(pk=public_article.pk).update(live=True)
    assert client.get(public_article.url).status_code == 410
    assert public_article.title not in client.get("/procedures/").content.decode()


def test_an_address_in_words_that_nobody_signed_is_no_page(public_article, client):
    place = public_article.url_path.removesuffix(f"{public_article.slug}/")
    Page.objects.filter(pk=public_article.pk).update(slug="never-hurts", url_path=f"{place}never-hurts/")
    moved = public_article.url.replace(public_article.slug, "never-hurts")
    assert client.get(moved).status_code == 410
    assert "never-hurts" not in client.get("/procedures/").content.decode()


@pytest.mark.parametrize("name", ["HomePage", "ProcedureIndexPage"])
def test_what_holds_articles_cannot_be_made_private(name, superuser, db):
    page = Page.objects.get(content_type__model=name.lower()).specific
    assert not page.permissions_for_user(superuser).can_set_view_restrictions()
