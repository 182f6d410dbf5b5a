"""The real settings, plus pages and tasks that only the tests of the running house ask for."""

from kam.settings import *  # noqa: F403

ROOT_URLCONF = "tests.house.urls"
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
