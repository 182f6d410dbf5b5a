"""One year against the one before: the one place that divides a year by another.

Source: "Comparing periods" of the product. The same calendar months of both years are compared, and
only months that both have; the month that runs is never counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.commerce.periods import Horizon, add_months
from kam.lib.text.dates import month_year
from kam.lib.text.money import change

MONTHS, ENOUGH = 12, 6
# With the first month booked, the first day on which ENOUGH pairs are full: 12 + 6 months later.
SCORED_AFTER = MONTHS + ENOUGH


def pairs_of(months: Iterable[date], horizon: Horizon) -> list[date]:
    """Of the last twelve full months those that have figures and had some a year before."""
    known = set(months)
    return [m for m in horizon.now.months if m in known and add_months(m, -MONTHS) in known]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`now` and `before` are the sums of the months compared; `pairs` says how many, 0 to 12.

    `first` is the first month ever booked; `lacking` names currencies without a rate.
    """

    now: Decimal | None
    before: Decimal | None
    pairs: int
    first: date | None = None
    lacking: str = ""

    @classmethod
    def of(cls, sums: Mapping[date, Decimal], horizon: Horizon) -> "Comparison":
        """From net revenue by month."""
        pairs = pairs_of(sums, horizon)
        return cls(
            now=sum((sums[month] for month in pairs), Decimal(0)),
            before=sum((sums[add_months(month, -MONTHS)] for month in pairs), Decimal(0)),
            pairs=len(pairs),
            first=min(sums, default=None),
        )

    @property
    def ratio(self) -> Decimal | None:
        """Now ÷ before; not scored below six pairs, or without a positive year before."""
        if self.pairs < ENOUGH or self.now is None or self.before is None or self.before <= 0:
            return None
        return self.now / self.before

    @property
    def growth(self) -> Decimal | None:
        """The change as a share: 0.11 is 11 % more."""
        ratio = self.ratio
        return None if ratio is None else ratio - 1

    @property
    def is_whole(self) -> bool:
        return self.pairs >= MONTHS

    @property
    def months(self) -> str:
        """Said wherever the figure stands on less than a year: "11 of 12 months"; else nothing."""
        return "" if self.is_whole else of_twelve(self.pairs)

    @property
    def words(self) -> str:
        """The change with how many months it rests on: "+12 % (11 of 12 months)"."""
        return in_words(self.growth, self.pairs)

    @property
    def why_not(self) -> str:
        """Why there is no growth, and from when there will be; nothing where there is."""
        if self.growth is not None:
            return ""
        if self.lacking:
            return _("there is no exchange rate for %(currencies)s") % {"currencies": self.lacking}
        if self.first is None:
            return _("no revenue of the last two years is recorded")
        if self.pairs >= ENOUGH:
            return _("the year before sums to nothing or less")
        return self._too_few()

    def _too_few(self) -> str:
        words = ngettext(
            "only %(n)s month can be compared with the year before, and six are needed",
            "only %(n)s months can be compared with the year before, and six are needed",
            self.pairs,
        ) % {"n": self.pairs}
        if not self.pairs:
            words = _("no month can be compared with the year before, and six are needed")
        assert self.first  # noqa: S101 (asked before)
        there = add_months(self.first, SCORED_AFTER)
        return _("%(why)s; from %(month)s on at the earliest") % {
            "why": words,
            "month": month_year(there),
        }


def in_words(growth: Decimal | None, pairs: int | None) -> str:
    """A stored growth with the months it rests on; nothing where it is not scored."""
    if growth is None:
        return ""
    if pairs is None or pairs >= MONTHS:
        return change(growth)
    return _("%(change)s (%(months)s)") % {"change": change(growth), "months": of_twelve(pairs)}


def of_twelve(pairs: int) -> str:
    return _("%(n)s of 12 months") % {"n": pairs}
