"""Time zones as people call them, in the reader's language."""

from functools import cache

from babel import Locale
from babel.dates import get_timezone, get_timezone_location

from kam.lib.text.reader import language_locale


def zone_city(zone: str) -> str:
    """The city of a zone in the reader's language: Ciudad de México of America/Mexico_City."""
    return _city(zone, language_locale())


def zone_label(zone: str) -> str:
    """For choosing: America/Ciudad de México, so that a continent's zones stand together."""
    area, slash, _city_name = zone.rpartition("/")
    return f"{area.replace('_', ' ')}{slash}{zone_city(zone)}"


@cache
def _city(zone: str, locale: Locale) -> str:
    place = get_timezone_location(get_timezone(zone), locale=locale, return_city=True)
    return place.rpartition("/")[2]
