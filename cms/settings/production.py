from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import DATABASES, EMAIL_BACKEND, POST_OFFICE, WAGTAILADMIN_BASE_URL, env

REQUIRED = {
    "SECRET_KEY": "a long random text, for example from `openssl rand -base64 48`",
    "ALLOWED_HOSTS": "the host names of this site, separated by commas",
    "BASE_URL": "the address of this site, for example https://www.example.org",
    "EMAIL_URL": "the mail server, for example smtp+tls://user:password@mail.example.org:587",
}
missing = [f"{name} ({hint})" for name, hint in REQUIRED.items() if not env(name, default="")]
if missing:
    raise ImproperlyConfigured("Set these environment variables before you start: " + "; ".join(missing) + ".")

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
email = env.email_url("EMAIL_URL")
POST_OFFICE["BACKENDS"]["default"] = email["EMAIL_BACKEND"]
vars().update(email | {"EMAIL_BACKEND": EMAIL_BACKEND})
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"Imprimatur <review@{ALLOWED_HOSTS[0]}>")

# A connection for each request would cost more than a page from memory.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {
    "default": env.cache("REDIS_URL")
    if env("REDIS_URL", default="")
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_CLIENT_IP_CALLABLE = "reviews.proofs.address_behind_proxy"
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
