from .base import *  # noqa: F403
from .base import POST_OFFICE

DEBUG = True
SECRET_KEY = "only-for-a-laptop: production refuses to start without its own"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
POST_OFFICE["BACKENDS"]["default"] = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = "Imprimatur <review@localhost>"
