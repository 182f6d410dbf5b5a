"""What is wrong with a field, in its own words: what is missing and what to do.

The framework says "This field is required." wherever it stands; here the field is named, and the
kind of thing that it wants. A form that says why something is asked keeps its own message.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

Words = Callable[[str, forms.Field, dict[str, Any]], str]
Kinds = list[tuple[type[forms.Field], Promise]]
STOCK = (
    validators.RegexValidator, validators.EmailValidator, validators.URLValidator,
    validators.BaseValidator, validators.MinLengthValidator, validators.MaxLengthValidator,
    validators.MinValueValidator, validators.MaxValueValidator,
    validators.ProhibitNullCharactersValidator,
)  # fmt: skip


# The kinds of field that want something of their own, the special ones first.
MISSING: Kinds = [
    (forms.FileField, _("“%(label)s” is missing. Choose a file.")),
    (forms.MultipleChoiceField, _("“%(label)s” is empty. Choose at least one.")),
    (forms.ModelMultipleChoiceField, _("“%(label)s” is empty. Choose at least one.")),
    (forms.ChoiceField, _("“%(label)s” is empty. Choose one.")),
    (forms.BooleanField, _("Tick “%(label)s” first.")),
    (forms.DateField, _("“%(label)s” is empty. Say which day.")),
    (forms.IntegerField, _("“%(label)s” is empty. Write a number.")),
]
UNREADABLE: Kinds = [
    (forms.DateField, _("“%(label)s” is no day of the calendar. Write it like 2026-11-23.")),
    (forms.TimeField, _("“%(label)s” is no time. Write it like 14:30.")),
    (forms.DecimalField, _("“%(label)s” is no number. Write it like 1234.50.")),
    (forms.FloatField, _("“%(label)s” is no number. Write it like 1234.50.")),
    (forms.IntegerField, _("“%(label)s” is no whole number. Write it like 30.")),
    (forms.EmailField, _("“%(label)s” is no address. Write it like name@company.example.")),
    (forms.URLField, _("“%(label)s” is no address. Write it like https://company.example.")),
    (forms.FileField, _("“%(label)s” did not arrive. Choose the file once more.")),
]


def problems(field: BoundField) -> list[str]:
    """Of a bound field, each as a sentence."""
    found = field.form.errors.get(field.name)
    if not found:
        return []
    return [_said(error, field) for error in found.as_data()]


def problem_words(form: forms.BaseForm) -> list[str]:
    """Of a whole form, field by field; what belongs to no field first."""
    named = [words for field in form for words in problems(field)]
    return [*map(str, form.non_field_errors()), *named]


def _said(error: ValidationError, field: BoundField) -> str:
    words = WORDS.get(str(error.code)) if _is_stock(error, field.field) else None
    if words is None:
        return " ".join(map(str, error.messages))
    return words(str(field.label), field.field, error.params or {})


def _is_stock(error: ValidationError, field: forms.Field) -> bool:
    """The framework's own message: said by a field of its own kinds, or by one of its validators."""
    known = {
        str(said[error.code])
        for kind in type(field).__mro__
        if kind.__module__.startswith("django.")
        and error.code in (said := vars(kind).get("default_error_messages", {}))
    }
    decimals = validators.DecimalValidator.messages.values()
    stock = {str(getattr(kind, "message", "")) for kind in STOCK} | set(map(str, decimals))
    return str(error.message) in known | stock


def _required(label: str, field: forms.Field, _params: dict[str, Any]) -> str:
    return _by_kind(MISSING, field, _("“%(label)s” is empty. Write it.")) % {"label": label}


def _invalid(label: str, field: forms.Field, _params: dict[str, Any]) -> str:
    otherwise = _("“%(label)s” cannot be read. Write it once more.")
    return _by_kind(UNREADABLE, field, otherwise) % {"label": label}


def _by_kind(words: Kinds, field: forms.Field, otherwise: Promise) -> str:
    return str(next((said for kinds, said in words if isinstance(field, kinds)), otherwise))


def _too_long(label: str, _field: forms.Field, params: dict[str, Any]) -> str:
    most, count = params["limit_value"], params["show_value"]
    words = ngettext(
        "“%(label)s” has %(n)s character; %(most)s fit. Shorten it.",
        "“%(label)s” has %(n)s characters; %(most)s fit. Shorten it.",
        count,
    )
    return words % {"label": label, "n": count, "most": most}


def _too_short(label: str, _field: forms.Field, params: dict[str, Any]) -> str:
    least = params["limit_value"]
    words = ngettext(
        "“%(label)s” needs at least %(n)s character.",
        "“%(label)s” needs at least %(n)s characters.",
        least,
    )
    return words % {"label": label, "n": least}


def _too_small(label: str, _field: forms.Field, params: dict[str, Any]) -> str:
    said = {"label": label, "least": params["limit_value"]}
    return gettext("“%(label)s” is at least %(least)s. Write a larger number.") % said


def _too_large(label: str, _field: forms.Field, params: dict[str, Any]) -> str:
    said = {"label": label, "most": params["limit_value"]}
    return gettext("“%(label)s” is at most %(most)s. Write a smaller number.") % said


def _no_choice(label: str, _field: forms.Field, _params: dict[str, Any]) -> str:
    return gettext("That is no choice for “%(label)s”. Choose one of the list.") % {"label": label}


def _too_many_digits(label: str, _field: forms.Field, params: dict[str, Any]) -> str:
    said = {"label": label, "most": params["max"]}
    return gettext("“%(label)s” has too many digits; %(most)s fit.") % said


def _too_many_decimals(label: str, _field: forms.Field, params: dict[str, Any]) -> str:
    words = ngettext(
        "“%(label)s” has more than %(n)s decimal place. Round it.",
        "“%(label)s” has more than %(n)s decimal places. Round it.",
        params["max"],
    )
    return words % {"label": label, "n": params["max"]}


def _not_printable(label: str, _field: forms.Field, _params: dict[str, Any]) -> str:
    said = {"label": label}
    return gettext("“%(label)s” holds a character that cannot be kept. Write it once more.") % said


WORDS: dict[str, Words] = {
    "required": _required,
    "invalid": _invalid,
    "max_length": _too_long,
    "min_length": _too_short,
    "min_value": _too_small,
    "max_value": _too_large,
    "invalid_choice": _no_choice,
    "invalid_list": _no_choice,
    "invalid_pk_value": _no_choice,
    "max_digits": _too_many_digits,
    "max_whole_digits": _too_many_digits,
    "max_decimal_places": _too_many_decimals,
    "null_characters_not_allowed": _not_printable,
    "missing": _required,
    "empty": _invalid,
}
