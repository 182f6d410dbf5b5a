"""A number with its unit, as the reader's region writes it: 60 %, 180 seats, €260 k, 12,500 FTE."""

from decimal import Decimal

from django.utils.translation import gettext

from kam.lib.text import money
from kam.lib.text.currencies import is_currency


def measured(value: Decimal | None, unit: str) -> str:
    """Money is shortened where the unit is a currency; people, pieces and hours keep all digits."""
    if value is None:
        return ""
    words = bare(value, unit)
    return f"{words} {unit}" if follows(unit) else words


def bare(value: Decimal | None, unit: str) -> str:
    """Without a unit that is said beside it; money keeps its currency, and percent its sign."""
    if value is None:
        return ""
    if unit == "%":
        return f"{money.number(value)}{money.GAP}%"
    return money.money(value, unit) if is_currency(unit) else money.number(value)


def part_of(now: Decimal, target: Decimal, unit: str) -> str:
    """12 of 60 seats: the unit once."""
    words = gettext("%(now)s of %(target)s") % {
        "now": bare(now, unit),
        "target": bare(target, unit),
    }
    return f"{words} {unit}" if follows(unit) else words


def from_to(start: Decimal, target: Decimal, unit: str) -> str:
    """12 to 60 seats."""
    words = gettext("%(a)s to %(b)s") % {"a": bare(start, unit), "b": bare(target, unit)}
    return f"{words} {unit}" if follows(unit) else words


def follows(unit: str) -> bool:
    """A word behind the number: seats, h, FTE; neither % nor a currency."""
    return bool(unit) and unit != "%" and not is_currency(unit)
