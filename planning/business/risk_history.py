"""How a risk came to be what it is: every change of its weight, date and owner, oldest last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from kam.lib.text import dates
from planning.models import Risk
from planning.models.items import Level

MOST = 50


@dataclass(frozen=True)
class RiskChange:
    at: datetime
    who: str
    words: list[str]


def story(risk: Risk) -> list[RiskChange]:
    """From the history of the row; two queries."""
    events: Any = getattr(risk, "events")  # noqa: B009 (pghistory's reverse name)
    rows = list(events.select_related("pgh_context").order_by("-pgh_id")[: MOST + 1])
    ids = {_user(row) for row in rows} | {row.owner_id for row in rows}
    names = dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))
    told = []
    for row, before in zip(rows, [*rows[1:], None], strict=True):
        if words := _words(before, row, names):
            told.append(RiskChange(row.pgh_created_at, names.get(_user(row), ""), words))
    return told[:MOST]


def _user(row: Any) -> int | None:
    found: int | None = (row.pgh_context.metadata if row.pgh_context else {}).get("user")
    return found


def _words(before: Any, row: Any, names: dict[int, str]) -> list[str]:
    if before is None:
        return [_("Written down: %(what)s") % {"what": _weight(row)}]
    due = dates.day_year(row.due) if row.due else _("no date")
    changes = [
        (before.severity, row.severity, _("now %(what)s") % {"what": _weight(row)}),
        (before.likelihood, row.likelihood, _("now %(what)s") % {"what": _weight(row)}),
        (before.due, row.due, _("due %(day)s") % {"day": due}),
        (before.owner_id, row.owner_id, _("owner: %(name)s") % {"name": names.get(row.owner_id) or _("Nobody yet")}),
        (before.mitigation, row.mitigation, _("what we do: %(what)s") % {"what": row.mitigation or _("nothing")}),
        (before.title, row.title, _("reworded: %(what)s") % {"what": row.title}),
        (before.closed_at, row.closed_at, _("closed: %(what)s") % {"what": row.outcome} if row.closed_at else _("opened again")),
    ]  # fmt: skip
    return list(dict.fromkeys(words for was, now, words in changes if was != now))


def _weight(row: Any) -> str:
    labels = dict(Level.choices)
    return _("severity %(severity)s, likelihood %(likelihood)s") % {
        "severity": str(labels[row.severity]).lower(),
        "likelihood": str(labels[row.likelihood]).lower(),
    }
