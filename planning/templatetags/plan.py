"""What the templates of the plan need besides the tags of the house."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.timezone import localtime
from django.utils.translation import gettext

from kam.lib.text import dates, units
from planning.models import Objective
from planning.objectives.progress import Verdict

register = template.Library()


@register.filter
def since(value: datetime) -> str:
    """Today at 14:05, yesterday, 6 days ago; longer ago the day. True also an hour later."""
    if localtime(value).date() == localtime().date():
        return gettext("today at %(time)s") % {"time": dates.time(value)}
    return dates.ago(value)


register.filter("measured", units.measured)
register.filter("bare", units.bare)


@register.filter
def way(item: Any) -> str:
    """12 of 60 seats: how far something measured is."""
    return units.part_of(item.current, item.target, item.unit)


@register.filter
def span(item: Any) -> str:
    """12 to 60 seats: from where it started to where it goes."""
    return units.from_to(item.baseline, item.target, item.unit)


@register.inclusion_tag("planning/objectives/_verdict.html")
def verdict(objective: Objective, day: date) -> dict[str, str]:
    """How the objective fares, where that is not simply on time."""
    found = objective.verdict(day)
    words = "" if found == Verdict.ON_TIME else found.words(objective.late_moves(day))
    return {"state": found.state, "words": words}


@register.filter
def is_optional(field: BoundField) -> bool:
    return not field.field.required
