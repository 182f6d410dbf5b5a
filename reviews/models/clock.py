"""How far the clock of reviews has come: what fell due while it was off is made up once."""

from datetime import datetime, timedelta

from django.db import models

# Whatever fell due longer ago was overtaken by life: a jump of a year sends no flood.
LONGEST_BACK = timedelta(days=7)


class ClockQuerySet(models.QuerySet["Clock"]):
    def since(self, at: datetime) -> datetime:
        """Until when the clock ran before `at`; a clock that never ran has nothing to make up."""
        ran_at = self.values_list("ran_at", flat=True).first()
        return max(ran_at, at - LONGEST_BACK) if ran_at and ran_at <= at else at

    def note(self, at: datetime) -> None:
        self.update_or_create(pk=1, defaults={"ran_at": at})


class Clock(models.Model):
    """One row."""

    ran_at = models.DateTimeField()

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="clock_one_row")]

    def __str__(self) -> str:
        return f"ran until {self.ran_at}"
