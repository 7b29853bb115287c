import tempfile

from .base import *  # noqa: F403
from .base import POST_OFFICE

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
POST_OFFICE["BACKENDS"]["default"] = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "Imprimatur <review@localhost>"
MEDIA_ROOT = tempfile.mkdtemp(prefix="imprimatur-media-")
