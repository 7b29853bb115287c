from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from .post import day_in_words, name_of, post, url


def invitation(*, clinician, by) -> bool:
    """To a clinician who has an account now: she sets the first password and agrees to sign electronically."""
    return post(
        clinician.user.email,
        "Your account for reading and signing",
        "invitation",
        clinician=clinician,
        by=name_of(by),
        username=clinician.user.get_username(),
        **_link(clinician.user),
        forgotten_url=url("reviews:password_reset"),
    )


def password_link(*, user) -> bool:
    """A first password, or a new one. The link goes to the address on record and nowhere else."""
    return post(
        user.email,
        "Set your password for signing",
        "password",
        username=user.get_username(),
        **_link(user),
        forgotten_url=url("reviews:password_reset"),
    )


def address_changed(*, user, before: str) -> None:
    """Told to the old address: whoever controls the new one can set a new password."""
    post(before, "Your e-mail address was changed", "address_changed", username=user.get_username(), address=user.email)


def _link(user) -> dict:
    """The one secret that is ever mailed. It works once, and only for as long as Django's setting says."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    ends = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return {
        "link": url("reviews:password_reset_confirm", uid, default_token_generator.make_token(user)),
        "until": day_in_words(ends),
    }
