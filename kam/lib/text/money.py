"""Amounts and numbers as the reader's region writes them. Amounts are Decimal in major units."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel import Locale
from babel.numbers import format_decimal, get_currency_precision, get_currency_symbol

from kam.lib.text.reader import region_locale

Number = Decimal | int | float

GAP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
# Clear everywhere, while "$" is the peso in one region and the dollar in the next.
CLEAR_SYMBOLS = {"EUR": "€", "GBP": "£"}


def money(amount: Number, currency: str) -> str:
    """Compact, three digits that matter: €1.84 M, €180 k, €950; 1,84 M€ after a comma region.

    `amount` in major units of the ISO 4217 `currency`. Never beyond M: a "billion" is not the
    same number in English and in Spanish.
    """
    value = _decimal(amount)
    digits, suffix = _compact(abs(value))
    return _with_currency(value, digits, suffix, currency)


def money_exact(amount: Number, currency: str) -> str:
    """All digits: €1,840,000; with cents only where there are any."""
    value = _decimal(amount)
    cents = get_currency_precision(currency)
    places = 0 if value == value.to_integral_value() else cents
    return _with_currency(value, _digits(abs(value), places), "", currency)


def number(value: Number, places: int | None = None) -> str:
    """12,480 or 12.480; at most two decimals unless `places` says how many."""
    exact = _decimal(value)
    if places is None:
        places = max(0, min(2, -int(exact.normalize().as_tuple().exponent)))
    return _sign(exact) + _digits(abs(exact), places)


def rate(value: Number) -> str:
    """An exchange rate with all the digits it has: 1.0642, 0.000214."""
    exact = _decimal(value).normalize()
    return number(exact, max(0, -int(exact.as_tuple().exponent)))


def percent(value: Number, places: int = 0) -> str:
    """60 %; `value` in percent, not a ratio."""
    return f"{number(value, places)}{GAP}%"


def signed(value: Number) -> str:
    """A change: +4, −9, 0."""
    return f"+{number(value)}" if value > 0 else number(value)


def change(share: Number) -> str:
    """A change in percent: +11 %, −4 %, 0 %; `share` is a ratio such as 0.11."""
    return f"{signed(_round(_decimal(share) * 100, 0))}{GAP}%"


def symbol(currency: str) -> str:
    """€ where it is clear to everybody, COP where a sign would be read as another currency's."""
    return CLEAR_SYMBOLS.get(currency) or get_currency_symbol(currency, region_locale())


def _compact(value: Decimal) -> tuple[str, str]:
    if _round(value, 0) < 1000:
        return _digits(value, 0), ""
    if _round(value / 1000, 0) < 1000:
        return _digits(value / 1000, 0), "k"
    millions = value / 1_000_000
    places = 2 if _round(millions, 2) < 10 else 1 if _round(millions, 1) < 100 else 0
    return _digits(millions, places), "M"


def _with_currency(value: Decimal, digits: str, suffix: str, currency: str) -> str:
    locale = region_locale()
    sign = symbol(currency)
    scaled = f"{digits}{GAP}{suffix}" if suffix else digits
    if _symbol_first(locale):
        gap = GAP if sign[-1].isalpha() else ""
        return f"{_sign(value)}{sign}{gap}{scaled}"
    gap = "" if suffix and not sign[0].isalpha() else GAP
    return f"{_sign(value)}{scaled}{gap}{sign}"


def _digits(value: Decimal, places: int) -> str:
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(_round(value, places), pattern, locale=region_locale())


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _decimal(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _sign(value: Decimal) -> str:
    return MINUS if value < 0 else ""


@cache
def _symbol_first(locale: Locale) -> bool:
    pattern: str = locale.currency_formats["standard"].pattern
    return pattern.startswith("¤")
