"""Which currencies there are: ISO 4217 as Babel lists it, those in use somewhere today."""

from functools import cache

from babel.core import get_global
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


@cache
def currencies() -> frozenset[str]:
    """Codes of money and units of account in use: EUR, COP, CLF; neither DEM nor XXX."""
    return frozenset(
        code
        for rows in get_global("territory_currencies").values()
        for code, _start, end, _is_tender in rows
        if end is None
    ) - {"XXX"}


def is_currency(code: str) -> bool:
    return code in currencies()


def check_currency(code: str) -> None:
    """ValidationError where it is none."""
    if not is_currency(code):
        raise ValidationError(
            _("%(code)s is no currency. Write its three letters, such as EUR or COP."),
            params={"code": code},
        )
