"""The one settings file. Everything an operator chooses comes from the environment."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
import pgtrigger
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kam.lib.ops.env import (
    broker_url,
    env_bool,
    env_choice,
    env_database,
    env_email,
    env_int,
    env_presets,
    env_str,
    refuse_unsafe_start,
)
from kam.lib.text.zones import use_the_newer

# Before anything asks for a zone.
ZONES_VERSION = use_the_newer()

# Django's forms, fields and files take type arguments only with this.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_str("KAM_DATA", str(BASE_DIR / "var"))).resolve()
EXAMPLE_SECRET_KEY = "for development only, never for a server"  # noqa: S105 (refused on a server)

# --- What the operator says -------------------------------------------------------------------

DEBUG = env_bool("DEBUG")
SECRET_KEY = env_str("SECRET_KEY", EXAMPLE_SECRET_KEY)
SITE_URL = env_str("SITE_URL", "http://localhost:8000").rstrip("/")
DEMO_LOCAL = env_bool("KAM_DEMO_LOCAL")
# What the environment says of the site stands fast: by field, the variable and its value.
SITE_PRESETS = env_presets(
    company="COMPANY_NAME",
    currency="CURRENCY",
    fiscal_month="FISCAL_MONTH",
    time_zone="TIME_ZONE",
    language="SITE_LANGUAGE",
    region="SITE_REGION",
)
# How long a process remembers the site without asking: another one's change shows after that.
SITE_KEPT_SECONDS = 2.0

_site = urlsplit(SITE_URL)
HTTPS = _site.scheme == "https"
LOCAL_NAMES = ["localhost", "127.0.0.1", "[::1]"]
IS_LOCAL = _site.hostname in {"localhost", "127.0.0.1", "::1"}
refuse_unsafe_start(local=IS_LOCAL, debug=DEBUG, known_key=SECRET_KEY in ("", EXAMPLE_SECRET_KEY))
ALLOWED_HOSTS = [h for h in env_str("ALLOWED_HOSTS").split(",") if h] or list(
    dict.fromkeys([_site.hostname or "localhost", *LOCAL_NAMES])
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- What the house is made of ----------------------------------------------------------------

INSTALLED_APPS = [
    "kam.apps.KamConfig",
    "kam.lib.outbox.apps.OutboxConfig",
    "kam.lib.web.regions.apps.RegionsConfig",
    "accounts.apps.AccountsConfig",
    "planning.apps.PlanningConfig",
    "reviews.apps.ReviewsConfig",
    "integrations.apps.IntegrationsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "pgtrigger",
    "pghistory",
    "django_htmx",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "kam.middleware.kept_in_log",
    "kam.middleware.DatabaseGone",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "kam.middleware.narrow_browser",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kam.middleware.session_limits",
    "kam.middleware.reader",
    "kam.middleware.body_limit",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kam.middleware.htmx_sign_in",
    "kam.lib.web.once.taken_once",
    "kam.middleware.private_pages",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "kam.urls"
WSGI_APPLICATION = "kam.wsgi.application"

_tags = ["django.templatetags.i18n", "django.templatetags.static", "kam.templatetags.clave"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kam.shell.shell",
            ],
            "builtins": _tags,
        },
    },
    # The same pages without the frame round them: what kam/lib/regions draws to keep.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "parts",
        "DIRS": [BASE_DIR / "templates" / "parts", BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "builtins": _tags,
        },
    },
]

# --- Where state lives ------------------------------------------------------------------------

# Connections stay open and are checked: after an outage they recover at once, a pool does not.
DATABASES = {
    "default": env_database("DATABASE_URL", "postgres://localhost/clave")
    | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
}
DATABASES["default"].setdefault("OPTIONS", {})
# A server that vanished without a word is given up within five seconds too.
DATABASES["default"]["OPTIONS"] |= {  # type: ignore[operator]  # the stubs know only text there
    "connect_timeout": 3,
    "tcp_user_timeout": 4500,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env_str("REDIS_URL", "redis://localhost:6379/0")
# Both live in Redis and never fail with it. While it is away, "default" (rate limits) is each
# process's own memory, "shared" (who is here, what changed) holds nothing, so that nothing is stale,
# and "regions" (pages once drawn) neither; while templates are being edited no page is kept.
_patience = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5}  # seconds
_cache = {
    "BACKEND": "kam.lib.ops.cache.FailSoftCache",
    "LOCATION": REDIS_URL,
    "KEY_PREFIX": "clave",
}
CACHES = {
    "default": {**_cache, "OPTIONS": _patience},
    "shared": {**_cache, "OPTIONS": {**_patience, "forget": True}},
    "regions": {**_cache, "OPTIONS": {**_patience, "forget": True}}
    if not DEBUG
    else {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
STORAGE_ROOT = Path(env_str("STORAGE_URL", f"file://{DATA_DIR / 'files'}").removeprefix("file://"))

STORAGES = {
    "default": {
        "BACKEND": "kam.lib.web.files.WholeFileStorage",
        "OPTIONS": {"location": STORAGE_ROOT},
    },
    "staticfiles": {"BACKEND": "kam.lib.web.static.ModuleManifestStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(env_str("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Only our own files: some that apps ship cannot be hashed, and none of them is used.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_MAX_AGE = 31536000

SESSION_ENGINE = "django.contrib.sessions.backends.db"
# Twelve hours without a page; after seven days the middleware ends a session in any case.
SESSION_COOKIE_AGE = 12 * 3600

# --- Who may come in --------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["kam.lib.data.hashing.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "accounts.users.password_rules.NotEasyToGuess"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.users.sign_in_adapter.ClosedDoorAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.users.sign_in_forms.SignInForm",
    "reauthenticate": "accounts.users.sign_in_forms.AgainForm",
    "change_password": "accounts.users.sign_in_forms.ChangePasswordForm",
    "set_password": "accounts.users.sign_in_forms.SetPasswordForm",
    "reset_password": "accounts.users.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.users.sign_in_forms.ResetPasswordKeyForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "10/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "invitation": "10/m/ip",
    "setup": "30/m/ip",
}
PASSWORD_RESET_TIMEOUT = 24 * 3600
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXIES", 0)

# --- What the browser is told -----------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_prefix}session"
CSRF_COOKIE_NAME = f"{_prefix}csrf"
LANGUAGE_COOKIE_NAME = f"{_prefix}language"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
UPLOAD_BYTES = env_int("UPLOAD_MB", 10) * 1024 * 1024
# All files of one upload together, and all tables of one when they are unpacked.
UPLOAD_TOGETHER, UPLOAD_UNPACKED = 10 * UPLOAD_BYTES, 20 * UPLOAD_BYTES

# --- What the operator reads ------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "notes": {"()": "kam.lib.ops.logs.WithNotes"},
        "hide_tokens": {"()": "kam.lib.data.redact.HideTokens"},
    },
    "formatters": {
        "json": {"()": "kam.lib.ops.logs.JsonFormatter"},
        "line": {
            "()": "kam.lib.ops.logs.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env_choice("LOG_FORMAT", "json", "line"),
            "filters": ["notes", "hide_tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": env_str("LOG_LEVEL", "INFO")},
    # Django's own handlers stay silent in production, where a refusal must still be read.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
# Figures for Prometheus; 0 keeps none. Nobody outside may reach this port.
METRICS_PORT = env_int("METRICS_PORT", 0)
METRICS_HOST = env_str("METRICS_HOST", "127.0.0.1")

# --- Words and clocks -------------------------------------------------------------------------

LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
# Before the site is filled in; from then on its own zone counts (kam/lib/site.py).
TIME_ZONE = env_str("TIME_ZONE") or "UTC"

# --- Mail -------------------------------------------------------------------------------------

_email = env_email("EMAIL_URL")
MAIL_STAYS_HERE = not _email
EMAIL_BACKEND = "kam.lib.mail.KeptBackend"
EMAIL_TIMEOUT = 20
# EMAIL_URL names a server that delivers nothing (Mailpit and the like): the demo may write to it.
MAIL_CATCHES_ALL = env_bool("MAIL_CATCHES_ALL")
# How long a worker holds a message, and the pause after a first refusal is twice this one.
OUTBOX_LEASE = timedelta(minutes=2)
OUTBOX_FIRST_PAUSE = timedelta(seconds=5)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_str("MAIL_FROM", "Clave <clave@localhost>")
globals().update(_email)

# --- Work behind the pages --------------------------------------------------------------------

CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
# An import of 100,000 opportunities and 300,000 activities takes three minutes on two idle cores.
CELERY_TASK_TIME_LIMIT = 840
CELERY_TASK_SOFT_TIME_LIMIT = 780
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    # A page must not wait for a broker that is away: the sweep finds what it left.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "kam.outbox.send_mail": {"queue": "mail"},
    "kam.outbox.run_pdf": {"queue": "pdf"},
}
CELERY_REDBEAT_REDIS_URL = REDIS_URL
CELERY_REDBEAT_LOCK_TIMEOUT = 15
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
# The timetable of the house: every clock task is an idempotent "what is due?".
CELERY_BEAT_SCHEDULE = {
    "outbox sweep": {"task": "kam.outbox.sweep", "schedule": 15},
    "forget old sessions": {
        "task": "accounts.forget_old_sessions",
        "schedule": crontab(hour="3", minute="17"),
    },
    "forget old uploads": {
        "task": "accounts.forget_old_uploads",
        "schedule": crontab(hour="3", minute="41"),
    },
    # Figures turn at the installation's midnight; whoever was refreshed today is not due.
    "standings": {"task": "accounts.refresh_standings", "schedule": crontab(minute="4,34")},
    "reviews clock": {"task": "reviews.clock", "schedule": crontab(minute="*")},
    # Asks of everybody who was invited whether they may still come.
    "withdraw invitations": {
        "task": "reviews.withdraw_invitations",
        "schedule": crontab(minute="*/10"),
    },
    "readings": {"task": "reviews.keep_readings", "schedule": crontab(minute="*")},
    "thin readings": {
        "task": "reviews.thin_readings",
        "schedule": crontab(hour="3", minute="47"),
    },
}

# --- History ----------------------------------------------------------------------------------

PGHISTORY_APPEND_ONLY = True
PGHISTORY_LEVEL = pgtrigger.Statement
