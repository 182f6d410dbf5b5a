"""The wall between two accounts: what lies behind it is marked, and nothing may point across.

The foreign records are made by the same `keys()` as the cast's own, on a mirrored cast where Mallory
leads Other as Alice leads Acme.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models
from django.db.models import F, JSONField, Value
from django.db.models.functions import Concat, Left
from django.utils.timezone import now

from accounts.models import (
    Account,
    BusinessUnit,
    Invitation,
    Management,
    Membership,
    Product,
    TierChange,
    User,
)
from accounts.models.imports import Batch, ExternalKey
from accounts.models.standing import refresh
from planning.models import Cell, CheckIn, Confirmation, Profile
from reviews.models import Decision, FollowUp, Reading, Review
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_action, make_objective, make_plan, make_user
from tests.kam.rules.access import tables

SECRET = "Zorbex"
MILLION = 1_000_000
# What a program reads, no person: marked, it would mean something else.
MEANT = {"rule", "time_zone", "starts", "currency", "language", "region", "token", "hash", "digest"}


def keys_of(cast: Any) -> dict[str, int | str]:
    return {name: key for table in tables() for name, key in table.keys(cast).items()}


def mirrored(cast: type[ClaveTest]) -> Any:
    """The same people on the other side of the wall; a record of the cast's own stays on this side."""
    manager = make_user("Mona Mirror")
    team = [make_user(name) for name in ("Boris Mirror", "Viola Mirror", "Hanna Mirror")]
    User.objects.filter(pk=cast.mallory.pk).update(manager=manager)
    Management.objects.rebuild()
    parts = [("sales_engineering", "edit"), ("finance", "view"), ("sponsor", "view")]
    for user, (role, right) in zip(team, parts, strict=True):
        Membership.objects.create(account=cast.other, user=user, role=role, right=right)
    people = dict(zip(("bob", "vera", "henrik"), team, strict=True))
    sides = {"acme": cast.other, "other": cast.acme, "alice": cast.mallory, "mallory": cast.alice}
    return type("Mirror", (cast,), {**people, **sides, "magda": manager})


def plant(mirror: Any) -> dict[str, int | str]:
    """Make the foreign records, with a word in every text that must never be read outside."""
    set_numbers_apart(MILLION // 2)
    mirror.plan = make_plan(mirror.acme)
    mirror.objective = make_objective(mirror.plan, owner=mirror.alice)
    mirror.action = make_action(mirror.objective, owner=mirror.bob)
    known = set(User.objects.values_list("pk", flat=True))
    keys = keys_of(mirror)
    # Whom the company invites is everybody's colleague, no record behind the wall.
    Invitation.objects.exclude(user__in=known).update(accepted_at=now())
    furnish(mirror)
    for model in ours():
        mark(model, mirror.acme)
    Account.objects.filter(pk=mirror.acme.pk).update(name=f"{SECRET} Other")
    return keys


def furnish(mirror: Any) -> None:
    """A row of every table below an account that no page's key needs."""
    account, by = mirror.acme, mirror.alice
    place: dict[str, Any] = {"account": account}
    review = Review.objects.filter(account=account)[0]
    Confirmation.objects.create(**place, part="swot", by=by, at=MONDAY)
    CheckIn.objects.create(**place, objective=mirror.objective, on=TODAY, value=1, by=by, note="n")
    Decision.objects.create(**place, review=review, text="We go on", by=by)
    FollowUp.objects.create(**place, review=review, action=mirror.action)
    Profile.objects.create(**place, earns="By selling")
    TierChange.objects.create(**place, to_tier="key", on=TODAY, by=by, reason="They grow")
    batch = Batch.objects.create(source="table", name="accounts.csv", by=by)
    ExternalKey.objects.create(
        **place, source="table", kind="account", key="1", record=account.pk, batch=batch, owner="x"
    )
    unit, flow = BusinessUnit.objects.filter(account=account)[0], Product.objects.all()[0]
    stated = {"currency": "EUR", "note": "n", "stated_at": MONDAY, "stated_by": by}
    Cell.objects.create(**place, unit=unit, product=flow, **stated)
    Reading.objects.create(**place, day=TODAY, made_at=MONDAY, weights={"coverage": 1})
    refresh([account.pk], at=MONDAY)


def numbered() -> list[type[models.Model]]:
    return [Account, *ours()]


def set_numbers_apart(start: int = 0) -> None:
    """Each table numbers its rows from a million of its own: a number tells which table it is of."""
    with connection.cursor() as cursor:
        for place, model in enumerate(numbered(), start=1):
            name = [model._meta.db_table, model._meta.pk.column]
            number = place * MILLION + start
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [*name, number])


def foreign_numbers(account: Account) -> dict[int, int]:
    """By the million: the number of a foreign row."""
    rows = (foreign_in(model._base_manager.all(), account).first() for model in numbered())
    return {row.pk // MILLION: row.pk for row in rows if row}


def mark(model: type[models.Model], account: Account) -> None:
    """Also what the database lets nobody change, such as snapshots: here it must carry the word."""
    rows = foreign_in(model._base_manager.all(), account)
    texts = {f.name: marked(f) for f in model._meta.local_concrete_fields if is_words(f)}
    frozen = [f"{model._meta.label}:{t.name}" for t in triggers_of(model) if is_protection(t)]
    with pgtrigger.ignore(*frozen):
        if texts:
            rows.update(**texts)
        for field in model._meta.local_concrete_fields:
            if isinstance(field, JSONField):
                for row in rows:
                    data = marked_data(getattr(row, field.name))
                    model._base_manager.filter(pk=row.pk).update(**{field.name: data})


def triggers_of(model: type[models.Model]) -> list[Any]:
    return list(getattr(model._meta, "triggers", []))


def is_protection(trigger: Any) -> bool:
    return isinstance(trigger, pgtrigger.Protect)


def ours() -> Iterator[type[models.Model]]:
    """Every table below an account; its history follows by itself."""
    for model in apps.get_models():
        below = any(f.name == "account" for f in model._meta.local_fields)
        tracked = model._meta.model_name.endswith("event")  # type: ignore[union-attr]
        if below and not tracked and not model.__module__.startswith("allauth"):
            yield model


def is_words(field: Any) -> bool:
    long = isinstance(field, models.TextField) or (getattr(field, "max_length", 0) or 0) >= 60
    return (
        isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.EmailField | models.URLField | models.FileField)
        and long
        and not field.choices
        and not field.unique
        and not getattr(field, "generated", False)
        and field.name not in MEANT
    )


def marked(field: Any) -> Any:
    text = Concat(Value(f"{SECRET} "), F(field.name), output_field=models.TextField())
    return Left(text, field.max_length) if field.max_length else text


def marked_data(data: Any) -> Any:
    """The same shape, with the word before every text in it."""
    if isinstance(data, dict):
        return {name: marked_data(value) for name, value in data.items()}
    if isinstance(data, list):
        return [marked_data(value) for value in data]
    return f"{SECRET} {data}" if isinstance(data, str) else data


def foreign_in(rows: Any, account: Account) -> Any:
    """The rows of this account; people belong to no account."""
    if rows.model is Account:
        return rows.filter(pk=account.pk)
    if any(f.name == "account" for f in rows.model._meta.get_fields()):
        return rows.filter(account_id=account.pk)
    return rows.none()


# --- Nothing points across --------------------------------------------------------------------


def pointers() -> Iterator[tuple[type[models.Model], Any]]:
    """Every column by which a row below an account points to another row below an account."""
    below = set(ours())
    for model in numbered():
        for field in model._meta.local_fields:
            target = field.remote_field.model if field.remote_field else None
            if target in below or (target is Account and field.name != "account"):
                yield model, field


def crossings(account: Account) -> list[str]:
    """The rows of this account that point at a row of another one."""
    with connection.cursor() as cursor:
        cursor.execute(*crossings_sql(account))
        return [f"{label} {pk}" for label, pk in cursor.fetchall()]


@cache
def crossings_sql(account: Account) -> tuple[str, tuple[Any, ...]]:
    """One question for all columns, written once."""
    parts = [
        crossing(model, field, account).values_list(
            Value(f"{model._meta.label}.{field.name}", output_field=models.TextField()), "pk"
        )
        for model, field in pointers()
    ]
    sql: tuple[str, tuple[Any, ...]] = parts[0].union(*parts[1:], all=True).query.sql_with_params()
    return sql


def crossing(model: type[models.Model], field: Any, account: Account) -> Any:
    rows = foreign_in(model._base_manager.all(), account).filter(**{f"{field.name}__isnull": False})
    there = field.name if field.remote_field.model is Account else f"{field.name}__account"
    return rows.exclude(**{there: account.pk}).order_by()
