"""What the templates of the plan need besides the tags of the house."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.forms import BoundField
from django.utils.timezone import localtime
from django.utils.translation import gettext

from kam.lib import dates
from planning.frozen_tables import figure, is_currency
from planning.models import Objective
from planning.progress import Verdict

register = template.Library()


@register.filter
def since(value: datetime) -> str:
    """Today at 14:05, yesterday, 6 days ago; longer ago the day. True also an hour later."""
    if localtime(value).date() == localtime().date():
        return gettext("today at %(time)s") % {"time": dates.time(value)}
    return dates.ago(value)


@register.filter
def measured(value: Decimal | None, unit: str) -> str:
    """60 %, 180 seats, €260 k: a number with its unit; money where that is a currency."""
    return figure(value, {"unit": unit})


@register.filter
def bare(value: Decimal | None, unit: str) -> str:
    """The number alone where its unit is said beside it; money keeps its currency."""
    return figure(value, {"unit": unit if is_currency(unit) else ""})


@register.inclusion_tag("planning/_verdict.html")
def verdict(objective: Objective, day: date) -> dict[str, str]:
    """How the objective fares, where that is not simply on time."""
    found = objective.verdict(day)
    words = "" if found == Verdict.ON_TIME else found.words(objective.late_moves(day))
    return {"state": found.state, "words": words}


@register.filter
def is_optional(field: BoundField) -> bool:
    return not field.field.required
