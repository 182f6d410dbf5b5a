"""Health, 0 to 100: a weighted mean of what can be known. Source: the product's calculations."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What each part is called; the order is that of the pages.
PARTS = {
    "coverage": _("Relationships"),
    "engagement": _("Engagement"),
    "loyalty": pgettext_lazy("health", "Loyalty"),
    "progress": _("Plan progress"),
    "commercial": pgettext_lazy("health", "Commercial trend"),
    "issues": _("Client issues"),
}
# In percent; what holds until an administrator puts other weights in force.
USUAL = {
    "coverage": 25, "engagement": 20, "loyalty": 15,
    "progress": 15, "commercial": 15, "issues": 10,
}  # fmt: skip
TENTH, WHOLE = Decimal("0.1"), Decimal(1)


@dataclass(frozen=True, slots=True)
class HealthPart:
    """`score` 0 to 100 or None; `share` is its weight among the scored parts, in percent."""

    key: str
    score: Decimal | None
    weight: int
    share: Decimal | None

    @property
    def label(self) -> str:
        return str(PARTS[self.key])

    @property
    def gives(self) -> Decimal | None:
        """Its points of the sum."""
        if self.score is None or self.share is None:
            return None
        return self.score * self.share / 100


@dataclass(frozen=True, slots=True)
class Health:
    parts: list[HealthPart]

    @property
    def scored(self) -> list[HealthPart]:
        return [part for part in self.parts if part.gives is not None]

    @property
    def missing(self) -> list[HealthPart]:
        """What no record says anything about: it weighs nothing, and the others more."""
        return [part for part in self.parts if part.score is None and part.weight]

    @property
    def weighed(self) -> list[HealthPart]:
        """The parts that an administrator gave a weight."""
        return [part for part in self.parts if part.weight]

    @property
    def carried(self) -> int:
        """The weight of the scored parts, in percent of all."""
        whole = sum(part.weight for part in self.weighed)
        return round(100 * sum(part.weight for part in self.scored) / whole) if whole else 0

    @property
    def is_enough(self) -> bool:
        """The scored parts carry at least half of the weight."""
        whole = sum(part.weight for part in self.weighed)
        return bool(self.scored) and 2 * sum(part.weight for part in self.scored) >= whole

    @property
    def total(self) -> Decimal | None:
        """Σ weight × score ÷ Σ weight over the scored parts; not scored below half of the weight."""
        given = [part.gives for part in self.scored if part.gives is not None]
        return sum(given, Decimal(0)) if self.is_enough else None

    @property
    def score(self) -> int | None:
        """Whole, since it is the whole number that is good, watched or at risk."""
        return None if self.total is None else int(self.total.quantize(WHOLE, ROUND_HALF_UP))


def health(scores: Mapping[str, Decimal | None], weights: Mapping[str, int]) -> Health:
    """A part without a score or without a weight counts nothing; without any: not scored."""
    total = sum(weights[key] for key in PARTS if scores.get(key) is not None)
    return Health([_part(key, scores.get(key), weights[key], total) for key in PARTS])


def _part(key: str, score: Decimal | None, weight: int, total: int) -> HealthPart:
    counts = score is not None and weight > 0
    return HealthPart(key, score, weight, Decimal(100 * weight) / total if counts else None)


def tenths(value: Decimal | float | None) -> Decimal | None:
    """Parts are kept with one decimal, so that the sum on the page is the sum that was made."""
    return None if value is None else Decimal(value).quantize(TENTH, ROUND_HALF_UP)
