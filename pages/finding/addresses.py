from urllib.parse import urljoin

from django.conf import settings


def absolute(address: str) -> str:
    """An address for other machines. From the settings, because whoever asks chooses the host of a request."""
    return urljoin(settings.WAGTAILADMIN_BASE_URL, address)
