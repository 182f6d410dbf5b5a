"""The commercial trend of an account, 0 to 100: what they buy against a year ago, and how they pay."""

from decimal import Decimal

# Value now ÷ value twelve months earlier, and the score it earns; straight lines in between.
STEPS = [
    (Decimal("0.8"), Decimal(0)),
    (Decimal("1.0"), Decimal(60)),
    (Decimal("1.2"), Decimal(100)),
]


def commercial_trend(growth: Decimal | None, overdue_share: Decimal | None) -> Decimal | None:
    """Not scored without growth; where no invoice is recorded nothing is taken off."""
    if growth is None:
        return None
    score = on_the_steps(growth + 1) - 100 * (overdue_share or 0)
    return max(score, Decimal(0))


def on_the_steps(ratio: Decimal) -> Decimal:
    low, high = STEPS[0], STEPS[-1]
    if ratio <= low[0]:
        return low[1]
    for (x0, y0), (x1, y1) in zip(STEPS, STEPS[1:], strict=False):
        if ratio <= x1:
            return y0 + (y1 - y0) * (ratio - x0) / (x1 - x0)
    return high[1]
