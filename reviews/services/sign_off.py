from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time

from django.utils import timezone
from wagtail.models import Page

from reviews import ledger, mail
from reviews.asks import Ask, asks_in_review, open_task_state
from reviews.attestations import Meaning
from reviews.canonical import FORMAT, canonical_json, digest
from reviews.errors import ChangedWhileReading, NotAllowed
from reviews.gate import obstacles
from reviews.models import Clinician, Decision, LedgerEntry, SignedStatement, SignOff
from reviews.permissions import clinician_of, has_consented, reason_not_to_sign
from reviews.policy import policy
from reviews.proofs import Proof
from reviews.signals import standing_changed
from reviews.statements import ReviewableContent, Statement

from .pages import draft_of, locked_page, page_by_value
from .request_changes import Returned, returned_by, send_back


def sign_off(
    *,
    page_id: int,
    by,
    proof: Proof,
    meanings: Collection[str],
    approved: Collection[str],
    page_digest: str,
    line_digest: str,
) -> list[SignOff]:
    """Sign, as this very person and nobody else, exactly the words that were shown.

    `proof` shows that it is she. `meanings` are the attestations affirmed, `approved` the digests of the statements
    approved, `page_digest` that of the page as it was shown, `line_digest` that of her own signature line. One sign-off
    is recorded for each meaning. What she decided otherwise goes back to the writer; words that she suggests for her
    own quotation are signed with the rest, so they count as soon as the writer uses exactly them.
    The last one missing publishes the article.
    Raises ChangedWhileReading if the words are not the ones shown, NotAllowed for everything else.
    """
    clinician = _signer(by, proof)
    with locked_page(page_id) as page:
        draft = draft_of(page)
        content = draft.get_reviewable_content()
        asks = asks_in_review(clinician, draft, content)
        if content.page_digest != page_digest or digest(clinician.signature_line()) != line_digest:
            raise ChangedWhileReading
        returned = [item for item in returned_by(clinician, draft, asks) if item.statement.digest not in approved]
        chosen = _affirmed(asks, meanings, returned)
        proposed = _proposed(clinician, returned)
        signed = [_sign(ask, draft, content, clinician, by, proof, approved, proposed) for ask in chosen]
        standing_changed.send(SignOff, page_id=page_id)
        mail.signed(page=draft, sign_offs=signed, clinician=clinician)
        _forget_what_is_signed(clinician, page_id, signed, [ask for ask in asks if ask not in chosen])
        if returned:
            send_back(draft, clinician, by=by, returned=returned, signed=_own(signed))
        elif not obstacles(draft, content):
            open_task_state(draft).approve(user=by)
        return signed


def _signer(user, proof: Proof) -> Clinician:
    """The clinician behind the account, who has just shown that it is she."""
    clinician = clinician_of(user)
    if clinician is None:
        raise NotAllowed("not_a_clinician", "Only a clinician who was asked can sign. Nothing was signed.")
    if reason := reason_not_to_sign(clinician):
        raise NotAllowed("cannot_sign", f"Nothing was signed. {reason}")
    if not has_consented(user):
        raise NotAllowed("no_consent", "Nothing was signed. Agree once to sign electronically, then sign.")
    if not proof.holds_for(user):
        raise NotAllowed("no_proof", "Give your password again to sign. Nothing was signed.")
    return clinician


def _affirmed(asks: list[Ask], meanings: Collection[str], returned: list[Returned]) -> list[Ask]:
    chosen = [ask for ask in asks if ask.meaning in meanings]
    if set(meanings) - {ask.meaning for ask in chosen}:
        raise NotAllowed("not_asked", "You were not asked to sign this. It may have been signed already.")
    if not chosen:
        raise NotAllowed("not_affirmed", "Tick the sentence that you affirm by signing. Nothing was signed.")
    if returned:
        # A review covers the whole article, and some of it goes back; her own words she can sign all the same.
        chosen = [ask for ask in chosen if ask.meaning != Meaning.CLINICAL_REVIEW]
    if not chosen:
        raise NotAllowed(
            "not_all_approved",
            "Nothing was signed. You do not approve everything, and a review covers the whole article. "
            "Send it back to the writer, or approve the rest.",
        )
    return chosen


def _proposed(clinician: Clinician, returned: list[Returned]) -> dict[str, Statement]:
    """Her own quotations in the words that she suggests, by the digest of the words that they replace."""
    return {
        item.statement.digest: item.statement.in_words(item.decision.wording)
        for item in returned
        if item.is_suggestion and item.statement.is_quotation and item.statement.clinician_id == clinician.pk
    }


def _forget_what_is_signed(clinician: Clinician, page_id: int, signed: list[SignOff], open_asks: list[Ask]):
    """Choices end with the signature: when she is asked again, nothing is ticked for her."""
    still_asked = {statement.digest for ask in open_asks for statement in ask.to_decide}
    digests = SignedStatement.objects.filter(sign_off__in=signed).exclude(digest__in=still_asked)
    Decision.objects.filter(
        clinician=clinician, page_id=page_id, digest__in=digests.values("digest"), choice=Decision.Choice.APPROVE
    ).delete()


def _own(signed: list[SignOff]) -> SignOff | None:
    return next((item for item in signed if item.meaning == Meaning.OWN_WORDS), None)


def _sign(
    ask: Ask,
    page: Page,
    content: ReviewableContent,
    clinician: Clinician,
    user,
    proof: Proof,
    approved: Collection[str],
    proposed: Mapping[str, Statement],
) -> SignOff:
    statements = _statements_to_sign(ask, approved, proposed)
    facts = {**_facts(ask, page, content, clinician, user), "method": proof.method}
    now = timezone.now()
    valid_until = _valid_until(clinician, now)
    payload = {
        **facts,
        "format": FORMAT,
        "page": page_by_value(page),
        "signer": ledger.person(user),
        "attestation_version": ask.attestation.version,
        "signed_at": now.isoformat(),
        "valid_until": valid_until.isoformat(),
        "proof": proof.as_recorded(),
        "statements": [{"digest": item.digest, "canonical": item.as_canonical()} for item in statements],
        # Her own wording in place of what stands on the page, by the digest of what it replaces.
        "proposed": {old: new.digest for old, new in proposed.items() if new in statements},
        # Every public field and the order, so that the page digest can be computed again from the entry alone.
        "page_content": content.as_canonical(),
    }
    entry = ledger.append(LedgerEntry.Kind.SIGNED_OFF, payload, by=user, page_id=page.pk)
    signed = SignOff.objects.create(entry=entry, signed_at=now, valid_until=valid_until, **facts)
    _keep_words(signed, statements)
    return signed


def _keep_words(signed: SignOff, statements: list[Statement]):
    SignedStatement.objects.bulk_create(
        SignedStatement(
            sign_off=signed,
            position=position,
            digest=item.digest,
            key=item.key,
            canonical=canonical_json(item.as_canonical()),
        )
        for position, item in enumerate(statements)
    )


def _facts(ask: Ask, page: Page, content: ReviewableContent, clinician: Clinician, user) -> dict:
    """Who signs what, by value: the same in the row and in the ledger."""
    return {
        "user_id": user.pk,
        "clinician_id": clinician.pk,
        "page_id": page.pk,
        "page_title": page.title,
        "page_digest": content.page_digest,
        "meaning": ask.meaning,
        "attestation": ask.attestation.text,
        **clinician.signature_line(),
    }


def _statements_to_sign(ask: Ask, approved: Collection[str], proposed: Mapping[str, Statement]) -> list[Statement]:
    """A reviewer signs the whole, so she approves all that is new; a quoted clinician may sign some words now."""
    undecided = [statement for statement in ask.to_decide if statement.digest not in approved]
    if ask.meaning == Meaning.CLINICAL_REVIEW and undecided:
        raise NotAllowed(
            "not_all_approved",
            f"Nothing was signed. {_count(undecided)} not approved yet, and a review covers the whole article. "
            "Approve what you stand by, or send the article back.",
        )
    statements = [statement for statement in ask.statements if statement not in undecided]
    if ask.meaning == Meaning.OWN_WORDS:
        statements += [proposed[statement.digest] for statement in undecided if statement.digest in proposed]
    if not statements:
        raise NotAllowed("nothing_approved", "Nothing was signed. Approve the statements that you want to sign first.")
    return statements


def _count(statements) -> str:
    return "1 statement is" if len(statements) == 1 else f"{len(statements)} statements are"


def _valid_until(clinician: Clinician, now: datetime) -> datetime:
    """By policy, but never later than any credential that is printed beside the words."""
    ends = [credential.valid_until for credential in clinician.current_credentials() if credential.valid_until]
    last_moments = [timezone.make_aware(datetime.combine(end, time.max)) for end in ends]
    # In UTC, as the database gives it back: what is recorded is compared with the row.
    return min([now + policy().validity, *last_moments]).astimezone(UTC)
