"""How far an objective is. Source: the product's calculations, 'objective progress'."""

from decimal import Decimal


def objective_progress(baseline: Decimal, target: Decimal, current: Decimal) -> Decimal:
    """(current − baseline) ÷ (target − baseline), held between 0 and 1.

    Works for "reduce" too: 31 h → 18 h at 25 h is 6 of 13. Raises ValueError when the target
    equals the baseline, since then there is no way to go.
    """
    if target == baseline:
        raise ValueError("the target equals the baseline")
    share = (current - baseline) / (target - baseline)
    return min(max(share, Decimal(0)), Decimal(1))
