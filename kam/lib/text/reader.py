"""Who reads: the language, the region of numbers and dates, and the clock on the wall there."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils import timezone, translation

# What a reader gets who chose a language and no region.
HOME_REGIONS = {"en": "en-GB", "es": "es-ES"}

_region: ContextVar[str] = ContextVar("region", default="")


@dataclass(frozen=True, slots=True)
class Reader:
    """`language` en or es, `region` such as es-CO (may be empty), `time_zone` an IANA name."""

    language: str
    region: str
    time_zone: str


@contextmanager
def reading_as(reader: Reader) -> Iterator[None]:
    """Everything rendered inside speaks, counts and tells the time as the reader does."""
    token = _region.set(reader.region)
    try:
        with translation.override(reader.language), timezone.override(ZoneInfo(reader.time_zone)):
            yield
    finally:
        _region.reset(token)


def current_language() -> str:
    return (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]


def current_region() -> str:
    language = current_language()
    return _region.get() or HOME_REGIONS.get(language, language)


@cache
def locale_of(*names: str) -> Locale:
    """Babel's locale for the first name it knows, such as es-CO; else British English."""
    for name in names:
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "GB")


def language_locale() -> Locale:
    """The locale of words: names of months and days."""
    return locale_of(current_language())


def region_locale() -> Locale:
    """The locale of shapes: order of day and month, decimal mark, place of the currency."""
    return locale_of(current_region(), current_language())


def region_words(name: str) -> str:
    """The country of a region in the reader's language: es-CO is Colombia."""
    territory = locale_of(name).territory or ""
    return str(language_locale().territories.get(territory, name))
