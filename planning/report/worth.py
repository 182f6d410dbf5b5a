"""What the account is worth, as a report says it. None is not scored, never zero."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.commerce.year_comparison import in_words
from accounts.models.opportunities import Stage, State
from accounts.models.standing import parts_words
from kam.lib.charts.charts import State as Mark
from kam.lib.charts.charts import ValueBar, state_of, value_bar
from kam.lib.text.money import money, percent
from kam.lib.text.reader import current_language

BAR_WIDTH = 376


@dataclass(frozen=True)
class ReportDeal:
    """An opportunity, or a contract with `renewal` for its chance."""

    title: str
    unit: str
    value: str
    chance: str
    on: date | None
    state: str
    reason: str


@dataclass(frozen=True)
class Worth:
    """Amounts in the account's currency."""

    currency: str
    now: Decimal | None
    growth: Decimal | None
    # The growth with the months it rests on where they are not twelve.
    growth_words: str
    projected: Decimal | None
    to_sell: Decimal | None
    won: tuple[int, Decimal | None]
    lost: tuple[int, Decimal | None]
    open: tuple[int, Decimal | None]
    contract_end: date | None
    contracts: list[ReportDeal]
    deals: list[ReportDeal]

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Worth":
        """A snapshot of an older schema scores nothing."""
        worth = data.get("worth") or {}
        return cls(
            currency=data["account"].get("currency") or "EUR",
            now=_amount(worth.get("value_now")),
            growth=_amount(worth.get("growth")),
            growth_words=in_words(_amount(worth.get("growth")), worth.get("pairs")),
            projected=_amount(worth.get("projected")),
            to_sell=_amount(worth.get("potential")),
            won=_counted(worth, "won"),
            lost=_counted(worth, "lost"),
            open=_counted(worth, "open"),
            contract_end=_day(worth.get("contract_end")),
            contracts=[_contract(row) for row in data.get("contracts", [])],
            deals=[_deal(row) for row in data.get("deals", [])],
        )

    @property
    def possible(self) -> Decimal | None:
        """What they buy now and what could be sold besides."""
        return None if self.to_sell is None else (self.now or Decimal(0)) + self.to_sell

    @property
    def bar(self) -> ValueBar | None:
        """A bar needs a value and something to compare it with."""
        if self.now is None or (self.projected is None and self.possible is None):
            return None
        return value_bar(
            float(self.now), float(self.projected or 0), float(self.possible or 0), width=BAR_WIDTH
        )

    @property
    def bar_words(self) -> str:
        parts = [
            (_("now %(amount)s"), self.now),
            (_("projected %(amount)s"), self.projected),
            (_("potential %(amount)s"), self.possible),
        ]
        said = [w % {"amount": money(a, self.currency)} for w, a in parts if a is not None]
        return _("Value a year: %(parts)s") % {"parts": ", ".join(said)}

    @property
    def counts(self) -> list[tuple[str, int, str]]:
        """Won, lost and open, each with its number and sum."""
        rows = [(_("Won this year"), self.won), (_("Lost this year"), self.lost)]
        rows.append((_("Open"), self.open))
        return [(label, n, self._sum(total if n else Decimal(0))) for label, (n, total) in rows]

    @property
    def open_deals(self) -> list[ReportDeal]:
        return [deal for deal in self.deals if deal.state == State.OPEN]

    @property
    def closed_deals(self) -> list[ReportDeal]:
        return [deal for deal in self.deals if deal.state != State.OPEN]

    def _sum(self, total: Decimal | None) -> str:
        return _("not scored") if total is None else money(total, self.currency)


@dataclass(frozen=True)
class HealthPart:
    label: str
    score: int | None
    before: int | None

    @property
    def change(self) -> int | None:
        if self.score is None or self.before is None:
            return None
        return self.score - self.before


@dataclass(frozen=True)
class Health:
    """0 to 100 with its parts; `score` None is not scored."""

    score: int | None
    before: int | None
    parts: list[HealthPart]
    # How many of the weighted parts it rests on; 0 of 0 in snapshots of before this was kept.
    scored: int = 0
    weighed: int = 0

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Health":
        health = data.get("health") or {}
        parts = [
            HealthPart(_named(part), _points(part["score"]), _points(part.get("before")))
            for part in health.get("parts", [])
        ]
        return cls(
            _points(health.get("score")),
            _points(health.get("before")),
            parts,
            health.get("scored", 0),
            health.get("of", 0),
        )

    @property
    def state(self) -> Mark:
        return state_of(self.score)

    @property
    def rests_on(self) -> str:
        return parts_words(self.scored, self.weighed) if self.weighed else ""

    @property
    def change(self) -> int | None:
        return None if self.score is None or self.before is None else self.score - self.before


@dataclass(frozen=True)
class Loyalty:
    """The net promoter score, −100 to 100, of `n` answers; None is not scored."""

    nps: int | None
    before: int | None
    n: int

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Loyalty":
        said = data.get("loyalty") or {}
        return cls(_points(said.get("nps")), _points(said.get("before")), said.get("n", 0))

    @property
    def change(self) -> int | None:
        return None if self.nps is None or self.before is None else self.nps - self.before


def _named(part: dict[str, Any]) -> str:
    return str(part.get("names", {}).get(current_language()) or part["part"])


def _contract(row: dict[str, Any]) -> ReportDeal:
    return ReportDeal(
        title=row["title"],
        unit=row["unit"],
        value=money(Decimal(row["value"]), row["currency"]),
        chance=percent(row["renewal"]),
        on=_day(row["end"]),
        state="",
        reason=row["adjustment"],
    )


def _deal(row: dict[str, Any]) -> ReportDeal:
    is_open = row["state"] == State.OPEN
    label = Stage(row["stage"]).label if is_open else State(row["state"]).label
    return ReportDeal(
        title=row["title"],
        unit=row["unit"],
        value=money(Decimal(row["value"]), row["currency"]),
        chance=percent(row["probability"]) if is_open else str(label),
        on=_day(row["expected"]) if is_open else _day_of(row["closed_at"]),
        state=row["state"],
        reason=str(label) if is_open else row["reason"],
    )


def _counted(worth: dict[str, Any], name: str) -> tuple[int, Decimal | None]:
    return worth.get(f"{name}_count", 0), _amount(worth.get(f"{name}_sum"))


def _amount(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _points(value: Any) -> int | None:
    return None if value is None else round(Decimal(str(value)))


def _day(value: str | None) -> date | None:
    return parse_date(value) if value else None


def _day_of(value: str) -> date | None:
    at = parse_datetime(value)
    return localdate(at) if at else None
