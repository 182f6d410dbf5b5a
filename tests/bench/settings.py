"""The real settings, plus the one page that only measures: the empty frame."""

from kam.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
# A storm of sign-ins from one machine is what is measured.
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
