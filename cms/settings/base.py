from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

INSTALLED_APPS = [
    "reviews.users.SigningUsersConfig",
    # The admin does not load without documents and embeds. Nothing public serves either.
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    # After Wagtail's admin, to replace what it mails; before its core, to replace `publish_scheduled`.
    "reviews",
    "pages",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "csp",
    "django_filters",
    "post_office",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pages.middleware.PublicCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "reviews.middleware.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.practice.practice",
            ],
        },
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a service that reads before it writes must not find, at its first write, that somebody else wrote.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Guessing passwords, at sign-in and when signing: five wrong ones for an account from one address.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "reviews.proofs.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "reviews:sign_in"
LOGIN_REDIRECT_URL = "reviews:inbox"

CSRF_FAILURE_VIEW = "reviews.views.access.form_too_old"

LANGUAGE_CODE = "en-us"
TIME_ZONE = env("TIME_ZONE", default="America/Chicago")
USE_TZ = True

# An article of 300 statements posts some thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STATIC_URL = "/static/"
MEDIA_ROOT = env("MEDIA_ROOT", default=str(BASE_DIR / "media"))
MEDIA_URL = "/media/"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# Nothing from elsewhere, and nothing inline, on what patients and clinicians read. Wagtail's admin writes inline.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
    },
}

# Whole public pages are kept in each process until the record has a new entry, or for this long (decision 11).
PUBLIC_CACHE = {"seconds": 30, "bytes": 64 * 2**20, "not_below": ("/admin/", "/review/", "/static/", "/media/")}

WAGTAIL_SITE_NAME = "Imprimatur"
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FINISH_WORKFLOW_ACTION = "reviews.workflows.publish_signed_content"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAILADMIN_GLOBAL_EDIT_LOCK = True
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# Everything that the site mails goes into the outbox; `send_queued_mail`, run every minute, delivers it.
EMAIL_BACKEND = "reviews.outbox.OutboxBackend"
EMAIL_TIMEOUT = 20
POST_OFFICE = {
    # What really sends. `dev`, `test` and `production` say which one.
    "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
    # One at a time, so that a crash repeats one mail at most, with the Message-ID it had.
    "BATCH_SIZE": 1,
    "THREADS_PER_PROCESS": 1,
    "MESSAGE_ID_ENABLED": True,
    "MESSAGE_ID_FQDN": urlsplit(WAGTAILADMIN_BASE_URL).hostname,
    "SENDING_ORDER": ["-priority", "created"],
    # Four times an hour for three days: a mail server may be down from Friday night until Monday.
    "RETRY_INTERVAL": timedelta(minutes=15),
    "MAX_RETRIES": 4 * 24 * 3,
    "LOG_LEVEL": 1,
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        # Django's own way prints errors under DEBUG only, and mails them otherwise, to nobody.
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "post_office": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}

# The rules of sign-off. Every key is described in reviews/policy.py.
IMPRIMATUR = {
    "exempt_page_types": {
        "wagtailcore.Page": "Never rendered: no page of the base type can be created.",
        "pages.HomePage": "Structural: prints templates and the record, none of its own fields.",
        "pages.ProcedureIndexPage": "Structural: prints templates and the record, none of its own fields.",
    },
}

# What the templates print about the practice. Not editable in the admin: nobody signs it.
PRACTICE = {
    "name": "Juniper Creek Dermatology",
    "short_name": "Juniper Creek",
    "suffix": "Dermatology",
    "street": "2140 Juniper Creek Road, Suite 3",
    "city_line": "Round Rock, Texas 78600",
    "phone": "512-555-0148",
    "phone_href": "tel:+15125550148",
    "hours": ["Monday to Thursday, 8 a.m. to 5 p.m.", "Friday, 8 a.m. to noon"],
    # Printed wherever a patient is told to call today: pus on a Friday night does not wait until Monday.
    "after_hours": "After hours, the same number reaches the doctor on call.",
    "emergency": "911",
}
