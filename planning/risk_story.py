"""How a risk came to be what it is: every change of its weight, date and owner, oldest last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from kam.lib import dates
from planning.models import Risk
from planning.models.items import Level

MOST = 50


@dataclass(frozen=True)
class Told:
    at: datetime
    who: str
    words: list[str]


def story(risk: Risk) -> list[Told]:
    """From the history of the row; two queries."""
    events: Any = getattr(risk, "events")  # noqa: B009 (pghistory's reverse name)
    rows = list(events.select_related("pgh_context").order_by("-pgh_id")[: MOST + 1])
    ids = {_user(row) for row in rows} | {row.owner_id for row in rows}
    names = dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))
    told = []
    for row, before in zip(rows, [*rows[1:], None], strict=True):
        if words := _words(before, row, names):
            told.append(Told(row.pgh_created_at, names.get(_user(row), ""), words))
    return told[:MOST]


def _user(row: Any) -> int | None:
    found: int | None = (row.pgh_context.metadata if row.pgh_context else {}).get("user")
    return found


def _words(before: Any, row: Any, names: dict[int, str]) -> list[str]:
    if before is None:
        return [_("Written down: %(what)s") % {"what": _weight(row)}]
    words = []
    if (before.severity, before.likelihood) != (row.severity, row.likelihood):
        words.append(_("now %(what)s") % {"what": _weight(row)})
    if before.due != row.due:
        words.append(
            _("due %(day)s") % {"day": dates.day_year(row.due)} if row.due else _("no date")
        )
    if before.owner_id != row.owner_id:
        words.append(_("owner: %(name)s") % {"name": names.get(row.owner_id) or _("Nobody yet")})
    if before.mitigation != row.mitigation:
        words.append(_("what we do: %(what)s") % {"what": row.mitigation or _("nothing")})
    if before.title != row.title:
        words.append(_("reworded: %(what)s") % {"what": row.title})
    if before.closed_at is None and row.closed_at:
        words.append(_("closed: %(what)s") % {"what": row.outcome})
    if before.closed_at and row.closed_at is None:
        words.append(_("opened again"))
    return words


def _weight(row: Any) -> str:
    labels = dict(Level.choices)
    return _("severity %(severity)s, likelihood %(likelihood)s") % {
        "severity": labels[row.severity],
        "likelihood": labels[row.likelihood],
    }
