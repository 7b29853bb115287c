"""Production, on this machine for as long as `make audit` runs: no TLS, and only the files that readers get."""

import os

from cms.settings.production import *  # noqa: F403

SECURE_SSL_REDIRECT = False
STATIC_ROOT = os.environ["STATIC_ROOT"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
