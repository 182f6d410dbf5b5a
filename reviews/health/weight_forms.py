"""The weights of health as an administrator types them, and what they would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kam.lib.charts.charts import state_of
from reviews.health.health import PARTS, health
from reviews.models import Reading

MOST = 50


class WeightsForm(forms.Form):
    """Whole percents that sum to 100; one field a part, in the order of the pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in PARTS.items():
            self.fields[key] = forms.IntegerField(label=label, min_value=0, max_value=100)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and sum(said.values()) != 100:
            words = _("The weights sum to %(sum)s %%. They must sum to 100 %%.")
            raise ValidationError(words % {"sum": sum(said.values())})
        return said

    @property
    def problem(self) -> str:
        """The first thing that is wrong, in words."""
        return next((str(error) for errors in self.errors.values() for error in errors), "")


@dataclass(frozen=True)
class Shift:
    """One account, its health now and with other weights."""

    reading: Reading
    then: int | None

    @property
    def state(self) -> str:
        return state_of(self.then)

    @property
    def turns(self) -> bool:
        return self.state != self.reading.state

    @property
    def size(self) -> int:
        return abs((self.then or 0) - (self.reading.health or 0))


@dataclass(frozen=True)
class WeightsPreview:
    """`turning` accounts of `accounts` change their colour; `shifts` the largest first."""

    accounts: int
    turning: int
    shifts: list[Shift]


def preview(readings: Iterable[Reading], weights: Mapping[str, int]) -> WeightsPreview:
    shifts = [Shift(reading, _health(reading, weights)) for reading in readings]
    moved = [shift for shift in shifts if shift.then != shift.reading.health]
    moved.sort(key=lambda shift: (not shift.turns, -shift.size, shift.reading.account_id))
    return WeightsPreview(len(shifts), sum(shift.turns for shift in shifts), moved[:MOST])


def _health(reading: Reading, weights: Mapping[str, int]) -> int | None:
    return health({key: getattr(reading, key) for key in PARTS}, weights).score
