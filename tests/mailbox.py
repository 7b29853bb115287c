"""What people find in their mail."""

from django.core import mail

from reviews.outbox import deliver


def delivered():
    """Every mail so far, after the outbox was emptied."""
    deliver()
    return mail.outbox


def delivered_to(address):
    return [message for message in delivered() if message.to == [address]]


def waiting():
    """What is in the outbox, as rows."""
    from post_office.models import Email

    return list(Email.objects.order_by("pk"))
