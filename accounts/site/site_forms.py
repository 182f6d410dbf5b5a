"""Forms about the installation and its first administrator."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from babel.core import get_global
from babel.numbers import get_currency_name
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import ExchangeRate, Site, User
from accounts.models.people import REGIONS
from accounts.models.rows import MoneyRow
from accounts.models.site import preset_by, preset_values
from accounts.users.settings_forms import OneLine, time_zones
from accounts.users.user_forms import AcceptForm, regions
from kam.lib.text.reader import language_locale

MOST_HOLIDAYS = 400
LINE = re.compile(r"^(\d{4}-\d{2}-\d{2})[\s,;]+(\S.*)$")


@cache
def tender() -> list[str]:
    """The currencies that some country pays with today."""
    codes = set()
    for entries in get_global("territory_currencies").values():
        codes |= {code for code, _start, end, is_tender in entries if is_tender and not end}
    return sorted(codes)


def currencies() -> list[tuple[str, str]]:
    locale = language_locale()
    return [(code, f"{code}, {get_currency_name(code, locale=locale)}") for code in tender()]


def months() -> Iterator[tuple[int, str]]:
    return ((number, capfirst(str(name))) for number, name in MONTHS.items())


def weekdays() -> Iterator[tuple[int, str]]:
    return ((number + 1, capfirst(str(name))) for number, name in WEEKDAYS.items())


class HolidaysField(forms.CharField):
    """One a line: the day, then its name."""

    widget = forms.Textarea(attrs={"class": "in", "rows": 6})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{day} {name}" for day, name in value)
        return value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        if len(lines) > MOST_HOLIDAYS:
            raise ValidationError(_("At most 400 days. Leave the ones of past years out."))
        return sorted([day.isoformat(), name] for day, name in dict(map(_holiday, lines)).items())

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True


def _holiday(line: str) -> tuple[date, str]:
    found = LINE.match(line)
    try:
        return date.fromisoformat(found[1] if found else ""), " ".join(found[2].split())[:80]  # type: ignore[index]  # without a match the day fails first
    except ValueError as error:
        words = _("“%(line)s” is not a day with its name. Write it like 2026-12-25 Christmas Day.")
        raise ValidationError(words, params={"line": line[:80]}) from error


class SiteForm(forms.Form):
    """What an installation is. A field that the environment presets is shown and takes nothing."""

    company = OneLine(
        label=_("Company"),
        max_length=120,
        error_messages={"required": _("Write the name of your company: it heads pages and mails.")},
    )
    currency = forms.ChoiceField(
        label=_("Reporting currency"),
        choices=currencies,
        help_text=_("Sums over all accounts are in it; each account may have its own."),
    )
    fiscal_month = forms.TypedChoiceField(
        label=_("The fiscal year begins in"), choices=months, coerce=int
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zones,
        help_text=_("The day of figures and deadlines turns at its midnight."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", "English"), ("es", "Español")]
    )
    region = forms.ChoiceField(
        label=_("Region"),
        choices=regions,
        help_text=_("Dates, numbers and money as they are written there"),
    )
    working_days = forms.TypedMultipleChoiceField(
        label=_("Working days"),
        choices=weekdays,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A review is missed after three of them."),
        error_messages={"required": _("Tick at least one day on which you work.")},
    )
    holidays = HolidaysField(
        label=_("Holidays"),
        required=False,
        help_text=_("One a line, the day and its name: 2026-12-25 Christmas Day"),
    )
    sure = forms.BooleanField(label=_("Count in the new currency from now on"), required=False)

    def __init__(self, data: QueryDict | None, *, here: Site, begin: dict[str, Any]) -> None:
        stored = {name: getattr(here, name) for name in FIELDS}
        super().__init__(data, initial={**stored, **begin, **preset_values()})
        self.here = here
        for name in preset_values():
            self.fields[name].disabled = True
            self.fields[name].help_text = _("Preset by %(variable)s; it is changed there.") % {
                "variable": preset_by(name)
            }

    @property
    def asks_about_currency(self) -> bool:
        """The tick appears where the question stands."""
        return self.is_bound and bool(self["currency"].errors or self["sure"].value())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        language, region = data.get("language"), data.get("region")
        if language and region and region not in REGIONS[language]:
            data["region"] = REGIONS[language][0]
        if data.get("currency") and not data.pop("sure", False):
            self._ask_about_currency(data["currency"])
        data.pop("sure", None)
        return data

    def _ask_about_currency(self, code: str) -> None:
        before = self.here.currency
        unasked = self.here._state.adding or "currency" in preset_values()
        if unasked or code == before or not has_money():
            return
        words = _(
            "Sums over accounts will be in %(code)s; each account keeps its own currency and amounts. "
            "Rates into %(before)s are carried over where a rate of %(code)s is stored, and figures "
            "are made anew. Without a rate: %(lacking)s. Tick below and save again."
        )
        lacking = ", ".join(sorted(ExchangeRate.objects.lacking_into(code, before))) or "–"
        facts = {"code": code, "before": before, "lacking": lacking}
        self.add_error("currency", ValidationError(words, params=facts))


FIELDS = (
    "company", "currency", "fiscal_month", "time_zone", "language", "region", "working_days",
    "holidays",
)  # fmt: skip


def has_money() -> bool:
    rows = (model._default_manager.all() for model in MoneyRow.__subclasses__())
    return any(found.exists() for found in rows)


class FirstAdministratorForm(AcceptForm):
    """Name, address and password of whoever sets the installation up."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": _("Write the address that you will sign in with.")},
    )

    field_order = ["name", "email", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=User(), **kwargs)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Somebody with this address is here already."))
        return email

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        said = {name: self.data.get(name, "") for name in ("name", "email")}
        validate_password(password, User(**said))
        return password
