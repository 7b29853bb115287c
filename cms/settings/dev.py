from .base import *  # noqa: F403
from .base import POST_OFFICE, PUBLIC_CACHE

DEBUG = True
SECRET_KEY = "only-for-a-laptop: production refuses to start without its own"  # noqa: S105
PUBLIC_CACHE["seconds"] = 0  # A template that was just edited is to be seen.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
POST_OFFICE["BACKENDS"]["default"] = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = "Imprimatur <review@localhost>"
