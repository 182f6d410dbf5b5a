"""What every part may ask of the installation, kept by each process for a moment.

Who stores it says so with `site_from(read)`; before that, and while nothing is stored, the
installation is the one that the settings describe.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import Error

MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """`company` may be empty; `currency` is ISO 4217; `fiscal_month` 1 to 12; working days are ISO
    weekdays, 1 for Monday; `is_stored` says that somebody filled it in."""

    company: str = ""
    currency: str = "EUR"
    fiscal_month: int = 1
    time_zone: str = "UTC"
    language: str = "en"
    region: str = "en-GB"
    working_days: tuple[int, ...] = MONDAY_TO_FRIDAY
    holidays: tuple[date, ...] = ()
    is_stored: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def heading(self) -> str:
        """Whose installation this is, above every page; before it is filled in, the product's."""
        return self.company or "Clave"

    def works_on(self, day: date) -> bool:
        return day.isoweekday() in self.working_days and day not in self.holidays


Read = Callable[[], SiteFacts | None]
_readers: list[Read] = []
_kept: tuple[float, SiteFacts | None] | None = None


def site_from(read: Read) -> Read:
    """The function that reads what is stored; None while nothing is."""
    _readers[:] = [read]
    return read


def site() -> SiteFacts:
    """No query while what was read is young: another process's change is seen within seconds."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > settings.SITE_KEPT_SECONDS:
        _kept = (time.monotonic(), _readers[0]() if _readers else None)
    return _kept[1] or unstored_site(settings.TIME_ZONE)


def public_heading() -> str:
    """For pages before the sign-in, which also stand while the database is away."""
    try:
        return site().heading
    except Error:
        return SiteFacts().heading


def forget_site() -> None:
    """This process reads it anew at the next question."""
    global _kept
    _kept = None


def keep_unstored() -> None:
    """For whoever knows that nothing is stored, such as a test without a database."""
    global _kept
    _kept = (time.monotonic(), None)


def knows_stored() -> bool:
    return _kept is not None and _kept[1] is not None


def is_known() -> bool:
    return _kept is not None


@lru_cache(maxsize=8)
def unstored_site(time_zone: str) -> SiteFacts:
    presets = {name: value for name, (_variable, value) in settings.SITE_PRESETS.items()}
    return SiteFacts(**{"time_zone": time_zone, **presets})
