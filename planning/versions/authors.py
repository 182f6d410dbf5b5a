"""Who wrote each line of a comparison, read from the history of the rows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import User
from planning.versions.comparison import Difference

Author = tuple[int | None, datetime]


def sign(
    lines: Iterable[Difference], plan_id: int, account_id: int, *, after: datetime, until: datetime
) -> None:
    """Write `by` and `at` on the lines; one query for each kind of row that has any."""
    by_model: dict[type[models.Model], list[Difference]] = defaultdict(list)
    for line in lines:
        by_model[line.table.model].append(line)
    found: list[tuple[Difference, Author]] = []
    for model, mine in by_model.items():
        authors = _authors(model, mine, plan_id, account_id, after, until)
        found += [(line, author) for line in mine if (author := authors(line))]
    ids = {user for _line, (user, _at) in found if user}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    for line, (user, at) in found:
        line.by, line.at = names.get(user or 0, ""), at


def _authors(
    model: type[models.Model], lines: list[Difference], plan_id: int, account_id: int,
    after: datetime, until: datetime,
) -> Any:  # fmt: skip
    name = model._meta.model_name
    mine = _events(model, lines, plan_id, account_id)
    rows = list(mine.filter(pgh_created_at__lte=until).order_by("pgh_id").values())
    contexts = _users(row["pgh_context_id"] for row in rows)
    fields: dict[tuple[int, str], Author] = {}
    before: dict[int, dict[str, Any]] = {}
    for row in rows:
        pk = row["pgh_obj_id"] if name not in ("plan", "profile") else 0
        author = (contexts.get(row["pgh_context_id"]), row["pgh_created_at"])
        if row["pgh_created_at"] > after:
            for column in _changed(before.get(pk), row):
                fields[pk, column] = author
            fields[pk, ""] = author
        before[pk] = row

    def find(line: Difference) -> Author | None:
        aliases = ALIASES | (PLAN_ALIASES if name == "plan" else {})
        names = aliases.get(line.attribute, (line.attribute, f"{line.attribute}_id"))
        return next((fields[line.pk, n] for n in names if (line.pk, n) in fields), None)

    return find


def _events(model: Any, lines: list[Difference], plan_id: int, account_id: int) -> Any:
    events, name = model.pgh_event_model.objects, model._meta.model_name
    if name == "plan":
        return events.filter(pgh_obj=plan_id)
    if name == "profile":
        return events.filter(account=account_id)
    return events.filter(pgh_obj__in={line.pk for line in lines})


# What a snapshot calls otherwise than the table.
ALIASES = {"": ("dropped_at", "removed_at", "title", "text", ""), "end": ("period_end",)}
PLAN_ALIASES = {"start": ("period_start",)}


def _changed(before: dict[str, Any] | None, row: dict[str, Any]) -> list[str]:
    columns = [name for name in row if not name.startswith("pgh_")]
    return [name for name in columns if before is None or before[name] != row[name]]


def _users(context_ids: Iterable[Any]) -> dict[Any, int | None]:
    # Its models exist once the applications are ready.
    from pghistory.models import Context

    found = Context.objects.filter(pk__in={pk for pk in context_ids if pk})
    return {row.pk: row.metadata.get("user") for row in found}
