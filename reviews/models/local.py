"""A wall clock: date and time as people of one place say them, without zone."""

from datetime import datetime
from typing import Any

from django.db import models


class WallClockField(models.Field):  # type: ignore[type-arg]  # generic in the stubs only
    """`timestamp without time zone`; the zone stands beside it in a field of its own."""

    def db_type(self, connection: Any) -> str:
        return "timestamp without time zone"

    def get_internal_type(self) -> str:
        return "WallClockField"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if isinstance(value, datetime) and value.tzinfo:
            raise ValueError(f"{self.name} is a wall clock; {value!r} has a zone")
        return value
