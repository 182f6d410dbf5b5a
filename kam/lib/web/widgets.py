"""Form fields that every app needs: days, months, currencies, amounts."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kam.lib.text.currencies import check_currency
from kam.lib.web.fields import PlainText

FIRST_YEAR, LAST_YEAR = 1990, 2100


class DayInput(forms.DateInput):
    """The browser's own date field: it speaks ISO whatever the reader's region."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day in living memory: a year typed with two digits is no year 26."""

    widget: type[forms.DateInput] = DayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(
                _("Write a year between %(first)d and %(last)d."),
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )


class AmountInput(forms.NumberInput):
    """85000 for 85000.00: what is kept with more digits than somebody typed."""

    def format_value(self, value: Any) -> Any:
        plain = format(value.normalize(), "f") if isinstance(value, Decimal) else value
        return super().format_value(plain)


class MonthInput(forms.DateInput):
    """Shown as 2026-10: the browser's month field, or typed where it has none."""

    input_type = "month"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m", attrs={"placeholder": "2026-10"})


class MonthField(DayField):
    """A month, kept as its first day."""

    widget = MonthInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.input_formats = ["%Y-%m", "%Y-%m-%d"]

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        return day.replace(day=1) if day else None


class CurrencyField(PlainText):
    """An ISO 4217 code, in whatever case it is typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Currency"), "max_length": 3, "min_length": 3, **kwargs})
        self.widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false", "size": 4}

    def to_python(self, value: object) -> str:
        return super().to_python(value).upper()

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            check_currency(value)


class AmountField(forms.DecimalField):
    """Money in major units, two decimals at most."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 14, "decimal_places": 2, **kwargs})
        self.widget.attrs |= {"inputmode": "decimal"}


class PercentField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 100, **kwargs})
