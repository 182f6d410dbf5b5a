"""The real settings, plus the one page that only measures: the empty frame."""

from kam.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
