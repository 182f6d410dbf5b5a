"""What a browser says of where somebody is, before anybody told us."""

from typing import Any

from babel.numbers import get_territory_currencies
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

from accounts.models import Site
from accounts.models.people import REGIONS

# Where most people of a region live.
ZONES = {
    "en-GB": "Europe/London",
    "en-US": "America/New_York",
    "en-IE": "Europe/Dublin",
    "es-CO": "America/Bogota",
    "es-MX": "America/Mexico_City",
    "es-ES": "Europe/Madrid",
    "es-AR": "America/Argentina/Buenos_Aires",
    "es-CL": "America/Santiago",
    "es-PE": "America/Lima",
}


def begins_as(request: HttpRequest, here: Site) -> dict[str, Any]:
    """First values of the form of a site that nobody filled in yet."""
    if not here._state.adding:
        return {}
    language = (get_language() or "en")[:2]
    region = region_of(request.headers.get("Accept-Language", ""), language)
    return {
        "language": language,
        "region": region,
        "time_zone": ZONES[region],
        "currency": get_territory_currencies(region[3:])[0],
    }


def region_of(accepted: str, language: str) -> str:
    """The first region of ours that the browser names in that language; else the language's first."""
    known = {name.lower(): name for name in REGIONS[language]}
    said = (known.get(name) for name, _quality in parse_accept_lang_header(accepted.lower()))
    return next(filter(None, said), REGIONS[language][0])
