"""As in production, on a scratch database: what `make bench` serves."""

import os

from cms.settings.test import *  # noqa: F403
from cms.settings.test import DATABASES, IMPRIMATUR, INSTALLED_APPS, PUBLIC_CACHE

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.plain.apps.PlainConfig"]
IMPRIMATUR = {
    **IMPRIMATUR,
    "exempt_page_types": {
        **IMPRIMATUR["exempt_page_types"],
        **{f"plain.Plain{name}Page": "Only for measuring." for name in ("Home", "Index", "Article")},
    },
}
ROOT_URLCONF = "tests.bench.urls"
STATIC_ROOT = os.environ.get("BENCH_STATIC_ROOT", "")
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATABASES["default"]["CONN_MAX_AGE"] = None
PUBLIC_CACHE["seconds"] = int(os.environ.get("BENCH_CACHE_SECONDS", 30))
