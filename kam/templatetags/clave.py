"""The template tags of the house: icons, people, states, small charts, dates and amounts."""

import unicodedata
from collections.abc import Callable, Sequence, Sized
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any

from django import forms, template
from django.contrib.staticfiles import finders
from django.db.models import Model
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField
from django.template import defaultfilters
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext, pgettext

from kam.lib.charts import charts
from kam.lib.text import dates, money
from kam.lib.text.names import letter, name_of
from kam.lib.text.reader import current_region
from kam.lib.text.zone_names import zone_city
from kam.lib.web.addresses import address_of
from kam.lib.web.problems import problems
from kam.lib.web.static import shared_sheets
from kam.lib.web.widgets import AmountInput

register = template.Library()

MARKS = {
    "good": '<circle cx="8" cy="8" r="6"/>',
    "watch": '<path d="M8 1.6 15 14H1z"/>',
    "risk": '<path d="M8 .8 15.2 8 8 15.2.8 8z"/>',
    "none": '<circle cx="8" cy="8" r="5.5"/>',
}

CONTROLS: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxInput, "ck"),
    (forms.Select, "sel"),
    (forms.Textarea, "ta"),
]
# Django's word for no choice.
DASHES = BLANK_CHOICE_DASH[0][1]
# G and then this letter goes there.
GO_KEYS = {"today": "t", "accounts": "a", "reviews": "r", "portfolio": "f"}


# --- Icons and marks --------------------------------------------------------------------------


@register.simple_tag
@cache
def icon(name: str, css: str = "") -> SafeString:
    """`{% icon "sun" %}`, `{% icon "sun" "i-lg" %}`: decoration; say its meaning in words."""
    classes = f"i {css}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, sprite(), name
    )


@cache
def sprite() -> str:
    return static("img/icons.svg")


@register.simple_tag
@cache
def styles(path: str) -> SafeString:
    """A style sheet of ours written into a picture for a PDF; pages link theirs."""
    found = finders.find(path)
    text = Path(found).read_text() if isinstance(found, str) else ""
    return format_html("<style>{}</style>", mark_safe(text))  # noqa: S308 (our own file)


@register.simple_tag
@cache
def symbol(name: str) -> SafeString:
    """The strokes of an icon themselves, for a picture in a PDF, which reads no sprite."""
    found = finders.find("img/icons.svg")
    text = Path(found).read_text() if isinstance(found, str) else ""
    _before, _id, rest = text.partition(f'<symbol id="{name}"')
    strokes = rest.partition(">")[2].partition("</symbol>")[0]
    return mark_safe(strokes)  # noqa: S308 (our own file)


@register.simple_tag
def address(page: str, *args: Any) -> str:
    """A page of an app above, by what it is: `{% address "batch" batch.pk %}`."""
    return address_of(page, *args)


@register.simple_tag
@cache
def asset(path: str) -> str:
    """`static`, looked up once per process: names do not change while it runs."""
    return static(path)


@register.simple_tag
@cache
def shared_styles() -> SafeString:
    links = ((static(sheet),) for sheet in shared_sheets())
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


def word_of(state: str) -> str:
    words = {
        "good": pgettext("health", "Good"),
        "watch": pgettext("health", "Attention"),
        "risk": pgettext("health", "At risk"),
    }
    return words.get(state) or pgettext("health", "Not scored")


@register.simple_tag
def mark(state: str, label: str | None = None) -> SafeString:
    """The shape of a state; its word is spoken unless `label` is "" because text stands beside."""
    return _mark(state if state in MARKS else "none", word_of(state) if label is None else label)


@lru_cache(256, typed=True)
def _mark(state: str, label: str) -> SafeString:
    shape = mark_safe(MARKS[state])  # noqa: S308 (our own constant)
    says = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="mark" data-s="{}" viewBox="0 0 16 16" {}>{}</svg>',
        state,
        mark_safe(says),  # noqa: S308 (escaped above)
        shape,
    )


@register.simple_tag
def state(name: str, words: str = "") -> SafeString:
    """A judgement in words: mark and word, or mark and `words` such as "Agenda ready"."""
    name = name if name in MARKS else "none"
    return format_html(
        '<span class="state" data-s="{}">{}{}</span>', name, _mark(name, ""), words or word_of(name)
    )


# --- People -----------------------------------------------------------------------------------


@register.filter
def crest(name: str) -> str:
    """Two letters for a company: Grupo Andino Salud becomes GA."""
    words = unicodedata.normalize("NFC", str(name)).split()
    return "".join([found for word in words if (found := letter(word))][:2]) or "?"


@register.simple_tag
def avatar(person: object, side: str = "ours", size: str = "", quiet: bool = False) -> SafeString:
    """`{% avatar user %}` filled; `{% avatar who "theirs" %}` outlined; nobody is dashed.

    `size` s, l or xl. `quiet=True` where the name stands beside it anyway.
    """
    if not person:
        return _avatar(gettext("Nobody yet"), "?", "none", size, quiet)
    letters = "?" if side == "none" else name_of(person).initials
    return _avatar(_shown(person), letters, side, size, quiet)


def _shown(person: object) -> str:
    if isinstance(person, dict):
        return str(person.get("name", ""))
    return str(getattr(person, "name", "") or person)


@lru_cache(4096, typed=True)
def _avatar(name: str, letters: str, side: str, size: str, quiet: bool) -> SafeString:
    classes = " ".join(
        ["av", *([side] if side != "ours" else []), *([f"av-{size}"] if size else [])]
    )
    if quiet:
        return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, letters)
    return format_html(
        '<span class="{}" role="img" aria-label="{}" title="{}">{}</span>',
        classes,
        name,
        name,
        letters,
    )


@register.simple_tag
def ring(days: int | None, cadence: int | None, size: int = 26) -> SafeString:
    """Time since the last contact against the cadence; decoration, the days stand in words."""
    return _ring(days, cadence, size)


@lru_cache(2048, typed=True)
def _ring(days: int | None, cadence: int | None, size: int) -> SafeString:
    html = render_to_string("shared/charts/_ring.html", {"ring": charts.ring(days, cadence, size)})
    return mark_safe(html.strip())  # noqa: S308 (rendered by a template)


@register.simple_tag
def ring_avatar(person: object, days: int | None, cadence: int | None) -> SafeString:
    """One of theirs inside the ring of time; the name stands beside it."""
    return format_html(
        '<span class="ring-av">{}{}</span>',
        _ring(days, cadence, 34),
        avatar(person, "theirs", quiet=True),
    )


# --- Small charts -----------------------------------------------------------------------------


@register.simple_tag
def spark(
    points: Sequence[float], state: str = "", label: str = "", floor: float = 0
) -> SafeString:
    """Twelve values as a line; nothing below two. `label` is its text alternative."""
    return _spark(tuple(points), state, label, floor)


@lru_cache(2048, typed=True)
def _spark(points: tuple[float, ...], state: str, label: str, floor: float) -> SafeString:
    line = charts.spark(points, floor=floor)
    context = {"spark": line, "state": state, "label": label}
    html = render_to_string("shared/charts/_spark.html", context) if line else ""
    return mark_safe(html.strip())  # noqa: S308 (rendered by a template)


@register.simple_tag
def value_bar(now: float, projected: float | None, potential: float | None) -> charts.ValueBar:
    """`{% value_bar 1 2 3 as bar %}`, for shared/charts/_value_bar.html; None is not scored."""
    return charts.value_bar(float(now), float(projected or 0), float(potential or 0))


@register.filter
def state_of(score: Any) -> str:
    """What is missing is not scored, also where a template found nothing at all."""
    return charts.state_of(None if score == "" else score)


register.filter("meter_state", charts.meter_state)


# --- Forms ------------------------------------------------------------------------------------


@register.filter
def is_tick(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def control(field: BoundField) -> SafeString:
    """The widget in our clothes; a class of its own stays."""
    widget = field.field.widget
    css = next((name for kind, name in CONTROLS if isinstance(widget, kind)), "in")
    if type(widget) is forms.NumberInput:
        widget = AmountInput(widget.attrs)
    elif isinstance(widget, forms.Select) and isinstance(field.field, forms.TypedChoiceField):
        nothing = "–" if not field.field.required else gettext("Choose")
        widget.choices = [(v, nothing if w == DASHES else w) for v, w in widget.choices]
    css = f"{css} {widget.attrs.get('class', '')}".strip()
    return field.as_widget(widget, attrs={"class": css})


register.filter("problems", problems)


@register.filter
def error_count(form: forms.BaseForm) -> int:
    return sum(len(errors) for errors in form.errors.values())


# --- Names of regions -------------------------------------------------------------------------


@register.filter
def dom_id(record: Model, part: str = "") -> str:
    """`{{ plan|dom_id:"summary" }}` is plan-12-summary: one region, one id, one template."""
    name = f"{record._meta.model_name}-{record.pk or 'new'}"
    return f"{name}-{part}" if part else name


@register.filter
def beyond(rows: Sized, most: int) -> int:
    """How many rows do not fit when only the first `most` are shown."""
    return max(0, len(rows) - most)


@register.filter
def go_key(page: str) -> str:
    return GO_KEYS.get(page, "")


# --- Dates and amounts ------------------------------------------------------------------------


def _or_blank(function: Callable[..., str]) -> Callable[..., str]:
    """What is unknown is blank, never zero or "None"."""

    @wraps(function)
    def filtered(value: Any, *args: Any) -> str:
        return "" if value is None or value == "" else function(value, *args)

    return filtered


FORMATS: dict[str, Callable[..., str]] = {
    "day": dates.day,
    "day_number": dates.day_number,
    "weekday": dates.weekday,
    "day_short": dates.day_short,
    "day_year": dates.day_year,
    "day_long": dates.day_long,
    "month_year": dates.month_year,
    "moment": dates.moment,
    "relative_day": dates.relative_day,
    "ago": dates.ago,
    "days_left": dates.days_left,
    "zone_city": zone_city,
    "money": money.money,
    "money_exact": money.money_exact,
    "number": money.number,
    "percent": money.percent,
    "signed": money.signed,
    "change": money.change,
    "rate": money.rate,
}
for _name, _function in FORMATS.items():
    register.filter(_name, _or_blank(_function))


@register.filter
def time(value: Any, pattern: str = "") -> str:
    """14:30 in the reader's zone and region; with a pattern it is Django's own filter."""
    return defaultfilters.time(value, pattern) if pattern else _or_blank(dates.time)(value)


@register.simple_tag
def reader_region() -> str:
    return current_region()


@register.simple_tag
def reader_zone() -> str:
    return get_current_timezone_name()


@register.simple_tag
def due(value: dates.Day | None, done: bool = False) -> SafeString:
    """When something is due: red when late, amber today, grey otherwise or once `done`."""
    if value is None:
        return SafeString("")
    css = "due" if done else dates.urgency(value)
    words = dates.day_short(value) if done else dates.relative_day(value)
    return format_html('<time class="{} sm" datetime="{}">{}</time>', css, value.isoformat(), words)
