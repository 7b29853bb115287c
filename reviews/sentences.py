"""Small parts of sentences that people read in several places."""

from datetime import date

from django.utils import timezone


def day_of(day: date) -> str:
    """December 3; with the year if it is another one."""
    year = "" if day.year == timezone.localdate().year else f", {day.year}"
    return f"{day:%B} {day.day}{year}"
