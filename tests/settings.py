"""Settings of the tests: the real ones, with what would only cost time switched down."""

import os

from kam.settings import *  # noqa: F403
from kam.settings import DATA_DIR

# Rows of two workers may share a number, and files are named by what they are made of.
FILES = DATA_DIR / "files" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
STORAGES = {
    "default": {
        "BACKEND": "kam.lib.web.files.WholeFileStorage",
        "OPTIONS": {"location": FILES},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TIME_ZONE = "Europe/Berlin"
# Read once, and again after each test that stored one (tests/databases.py).
SITE_PRESETS = {}
SITE_KEPT_SECONDS = 1e9
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "shared": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "shared-in-tests",
    },
    # A test that is rolled back would leave its pages behind; tests/kam/lib/web/test_kept_pages.py keeps.
    "regions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
