"""How much each part of health weighs, since which day, and who said so."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from kam.lib.data import history
from kam.lib.text.money import percent as percent_words
from reviews.health.health import PARTS, USUAL


class WeightsQuerySet(models.QuerySet["Weights"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_admin else self.none()

    def editable_by(self, user: User) -> Self:
        return self if user.is_admin else self.none()

    def newest_first(self) -> Self:
        return self.select_related("by").order_by("-since")

    def on(self, day: date) -> "Weights":
        """Those in force that day; the usual ones while nobody has said anything."""
        return self.filter(since__lte=day).order_by("-since").first() or Weights(**USUAL)


def percent() -> models.PositiveSmallIntegerField[Any, Any]:
    return models.PositiveSmallIntegerField(default=0)


@history.tracked()
class Weights(models.Model):
    since = models.DateField(unique=True)
    coverage = percent()
    engagement = percent()
    loyalty = percent()
    progress = percent()
    commercial = percent()
    issues = percent()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = WeightsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "weights"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    coverage=100
                    - F("engagement")
                    - F("loyalty")
                    - F("progress")
                    - F("commercial")
                    - F("issues")
                ),
                name="weights_sum_to_100",
            )
        ]

    def __str__(self) -> str:
        return f"weights from {self.since}"

    @property
    def of(self) -> dict[str, int]:
        return {key: getattr(self, key) for key in PARTS}

    @property
    def words(self) -> str:
        return ", ".join(f"{PARTS[key]} {percent_words(weight)}" for key, weight in self.of.items())

    @classmethod
    def put_in_force(
        cls, weights: Mapping[str, int], *, since: date, by: User, at: datetime
    ) -> "Weights":
        """From that day on; what was said before for the same day is said anew."""
        with history.action("health.weights", by=by.pk):
            found, _created = cls.objects.update_or_create(
                since=since, defaults={**weights, "by": by, "made_at": at}
            )
        return found

    def withdraw(self, *, by: User, day: date) -> None:
        """Before their first day the ones before go on; what was in force stays on record."""
        with history.action("health.withdraw", by=by.pk):
            Weights.objects.filter(pk=self.pk, since__gt=day).delete()
