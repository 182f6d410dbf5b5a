"""The portfolio matrix: where every account stands, its size, its health, and where it was.

Until selection criteria are scored, growth stands for attractiveness; relationships count on the
other axis only. Coordinates are SVG units at natural size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from accounts.models import Account
from kam.lib.charts.charts import Scale, state_of
from kam.lib.charts.placement import Box, Line, Placed, Spot, label
from kam.lib.text.money import money
from reviews.models import Reading

WIDTH, HEIGHT = 720, 470
FRAME = Box(40, 14, 706, 426)
# The quarters have their names along the upper and the lower edge: no label lies there.
LABELS = Box(FRAME.left, FRAME.top + 24, FRAME.right, FRAME.bottom - 24)
MOST, LARGEST, SMALLEST = 24, 24.0, 5.0
# What grows or shrinks by more stands at the border.
GROWTH = 0.2


@dataclass(frozen=True, slots=True)
class Tail:
    """From where the account was a quarter ago."""

    x: float
    y: float


@dataclass(frozen=True)
class Bubble:
    account: Account
    state: str
    coverage: Decimal
    growth: Decimal
    x: float
    y: float
    radius: float
    tail: Tail | None
    lines: Sequence[Placed] = ()

    @property
    def mark_x(self) -> float:
        return round(self.x - 5.5, 1)

    @property
    def mark_y(self) -> float:
        return round(self.y - 5.5, 1)

    @property
    def has_mark(self) -> bool:
        return self.state in ("watch", "risk") and self.radius >= 8


@dataclass(frozen=True)
class Matrix:
    """`smaller` are those with too little value to be drawn; of `hidden` one axis is not scored."""

    bubbles: list[Bubble]
    smaller: int
    hidden: int
    width: int = WIDTH
    height: int = HEIGHT
    frame: Box = FRAME

    @property
    def by_value(self) -> list[Bubble]:
        return list(reversed(self.bubbles))

    @property
    def wide(self) -> float:
        return self.frame.right - self.frame.left

    @property
    def tall(self) -> float:
        return self.frame.bottom - self.frame.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.frame.left + self.frame.right) / 2, (self.frame.top + self.frame.bottom) / 2


def is_placed(account: Account) -> bool:
    here = account.standing
    return None not in (here.coverage, here.growth, here.value_now_reporting)


def matrix(accounts: Sequence[Account], before: dict[int, Reading], currency: str) -> Matrix:
    """`accounts` the largest first; `before` their readings of a quarter ago."""
    placed = [account for account in accounts if is_placed(account)]
    shown = placed[:MOST]
    most = max((float(a.standing.value_now_reporting or 0) for a in shown), default=0) or 1
    bubbles = [_bubble(account, before.get(account.pk), most) for account in shown]
    spots = {b.account.pk: Spot(b.x, b.y, b.radius, 2 * b.radius) for b in bubbles}
    names = label(spots, {b.account.pk: _words(b.account, currency) for b in bubbles}, LABELS)
    named = [_named(b, names[b.account.pk].lines) for b in bubbles]
    return Matrix(list(reversed(named)), len(placed) - len(shown), len(accounts) - len(placed))


def _bubble(account: Account, was: Reading | None, most: float) -> Bubble:
    here = account.standing
    coverage, grown = here.coverage or Decimal(0), here.growth or Decimal(0)
    x, y = _place(coverage, grown)
    value = max(float(here.value_now_reporting or 0), 0)
    tail = None
    if was and was.coverage is not None and was.growth is not None:
        tail = Tail(*_place(was.coverage, was.growth))
    return Bubble(
        account=account,
        state=state_of(None if here.health is None else float(here.health)),
        coverage=coverage,
        growth=grown,
        x=x,
        y=y,
        radius=round(max(LARGEST * sqrt(value / most), SMALLEST), 1),
        tail=tail if tail and abs(tail.x - x) + abs(tail.y - y) > LARGEST else None,
    )


def _place(coverage: Decimal, grown: Decimal) -> tuple[float, float]:
    """Inside the frame by the largest radius, so that no bubble is cut."""
    x = Scale(0, 100, FRAME.left + LARGEST, FRAME.right - LARGEST)
    y = Scale(-GROWTH, GROWTH, FRAME.bottom - LARGEST, FRAME.top + LARGEST)
    return x(float(coverage)), y(min(max(float(grown), -GROWTH), GROWTH))


def _words(account: Account, currency: str) -> list[list[Line]]:
    """Name and amount; where there is no room the name alone, or nothing: the table has all."""
    name = account.name if len(account.name) <= 26 else account.name[:25].rstrip() + "…"
    amount = money(account.standing.value_now_reporting or 0, currency)
    bold = Line(name, weight=600, css="strong")
    return [[bold, Line(amount)], [bold], [Line("")]]


def _named(bubble: Bubble, lines: Sequence[Placed]) -> Bubble:
    kept = [placed for placed in lines if placed.line.text]
    return Bubble(
        bubble.account, bubble.state, bubble.coverage, bubble.growth, bubble.x, bubble.y,
        bubble.radius, bubble.tail, kept,
    )  # fmt: skip
