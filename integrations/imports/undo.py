"""Taking a whole import back, as long as nobody has built on what it made.

What it made and changed is read from the history under its own action: nothing is guessed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _

from accounts.models import (
    Account,
    Acquaintance,
    Batch,
    BatchState,
    Contract,
    ExternalKey,
    Interaction,
    Membership,
    Opportunity,
    OurPart,
    Product,
    Receivable,
    Revenue,
    Stakeholder,
    TheirPart,
    TierChange,
    User,
)
from integrations.imports.follow_ups import refresh_accounts
from kam.lib.data import history

# Whoever points at others goes first.
MADE: tuple[type[models.Model], ...] = (
    OurPart, TheirPart, Interaction, Opportunity, Contract, Receivable, Revenue, Acquaintance,
    Membership, TierChange, Stakeholder, Account, Product,
)  # fmt: skip
NAMED = 3
LAST_CONTACTS = """
    UPDATE accounts_stakeholder person
    SET last_contact_at = met.last, last_two_way_at = met.last_two_way
    FROM (
        SELECT one.id, max(talk.at) FILTER (WHERE talk.kind <> 'note') AS last,
               max(talk.at) FILTER (WHERE talk.is_two_way AND talk.kind <> 'note') AS last_two_way
        FROM accounts_stakeholder one
        LEFT JOIN accounts_theirpart part ON part.stakeholder_id = one.id
        LEFT JOIN accounts_interaction talk ON talk.id = part.interaction_id
        WHERE one.account_id = ANY(%s)
        GROUP BY one.id
    ) met
    WHERE person.id = met.id
"""


class BuiltOn(Exception):
    """Somebody worked on with what the import made; says with what."""


def undo(batch: Batch, *, by: User, at: datetime) -> None:
    """Everything the import made is gone and what it changed is as before; or BuiltOn."""
    with history.action("import.undo", by=by.pk, batch=batch.pk):
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        if locked.state != BatchState.DONE:
            return
        # Nobody hangs a figure on an account that is about to go.
        going = Account.objects.filter(pk__in=_made(Account, batch)).order_by("pk")
        list(going.select_for_update().values_list("pk"))
        for model in MADE:
            _check(model, batch)
        accounts = _accounts_concerned(batch)
        for model in (
            Account,
            Membership,
            Stakeholder,
            Opportunity,
            Interaction,
            Contract,
            Receivable,
            Revenue,
            Product,
        ):
            _restore(model, batch)
        _remove(batch)
        kept = list(Account.objects.filter(pk__in=accounts).values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute(LAST_CONTACTS, [kept])
        refresh_accounts(kept, at=at)
        locked.mark_undone(at=at)
    batch.refresh_from_db()


def _events(model: type[models.Model], batch: Batch, label: str) -> Any:
    kept: Any = model._meta.get_field("events").related_model
    mine = {"pgh_context__metadata__action": "import.run", "pgh_context__metadata__batch": batch.pk}
    return kept.objects.filter(pgh_label=label, **mine)


def _made(model: type[models.Model], batch: Batch) -> Any:
    return _events(model, batch, "insert").values("pgh_obj_id")


def _check(model: type[models.Model], batch: Batch) -> None:
    """Refuse where somebody changed what was made, or hung something on it."""
    made = _made(model, batch)
    kept: Any = model._meta.get_field("events").related_model
    touched = kept.objects.exclude(pgh_label="insert").exclude(
        pgh_context__metadata__batch=batch.pk, pgh_context__metadata__action="import.run"
    )
    _refuse(model, touched.filter(pgh_obj_id__in=made).values("pgh_obj_id"))
    changed = _events(model, batch, "update").values("pgh_obj_id")
    newest = _events(model, batch, "update").order_by("-pgh_id").values("pgh_id")[:1]
    later = touched.filter(pgh_obj_id__in=changed, pgh_id__gt=newest)
    _refuse(model, later.values("pgh_obj_id"))
    for relation in _pointing_at(model):
        _check_relation(relation, made, batch)
    kept_by = ExternalKey.objects.filter(kind__in=_kinds(model), record__in=made)
    if other := Batch.objects.filter(keys__in=kept_by.exclude(batch=batch)).first():
        raise BuiltOn(
            _("A later import found these records again (“%(name)s”). Take that one back first.")
            % {"name": other}
        )


def _pointing_at(model: type[models.Model]) -> list[Any]:
    """Every foreign key to it, also those without a name for the way back."""
    fields = model._meta.get_fields(include_hidden=True)
    back = (one for one in fields if one.auto_created and one.is_relation and not one.concrete)
    return [
        one for one in back if not one.many_to_many and not hasattr(one.related_model, "pgh_obj")
    ]


def _check_relation(relation: Any, made: Any, batch: Batch) -> None:
    hanging: Any = relation.related_model
    if _is_computed(hanging):
        return
    rows = hanging._base_manager.filter(**{f"{relation.field.name}__in": made})
    if hanging in MADE:
        rows = rows.exclude(pk__in=_made(hanging, batch))
    _refuse(hanging, rows.values("pk"))


def _is_computed(model: type[models.Model]) -> bool:
    """What keeps no history is worked out from the rest: it goes with its account."""
    return not hasattr(model, "events")


def _refuse(model: type[models.Model], found: Any) -> None:
    """BuiltOn with the names of the first few, where there are any."""
    pks = sorted({pk for row in found[:50] for pk in row.values()})
    if not pks:
        return
    here = model._base_manager.in_bulk(pks[:NAMED])
    names = [f"“{here[pk]}”" if pk in here else _("one that is gone") for pk in pks[:NAMED]]
    raise BuiltOn(
        _(
            "Somebody has worked on since (%(what)s: %(names)s). "
            "Take that back first, or keep the import."
        )
        % {"what": model._meta.verbose_name, "names": ", ".join(names)}
    )


def _accounts_concerned(batch: Batch) -> set[int]:
    found: set[int] = set()
    for model in (Stakeholder, Opportunity, Interaction, Contract, Receivable, Revenue):
        for label in ("insert", "update"):
            found.update(
                _events(model, batch, label).values_list("account_id", flat=True).distinct()
            )
    return found


def _restore(model: type[models.Model], batch: Batch) -> None:
    """Every changed row as the history has it from before the import."""
    kept: Any = model._meta.get_field("events").related_model
    first = dict(
        _events(model, batch, "update")
        .values("pgh_obj_id")
        .annotate(first=models.Min("pgh_id"))
        .values_list("pgh_obj_id", "first")
    )
    made = set(_made(model, batch).values_list("pgh_obj_id", flat=True)) if first else set()
    names = [f.attname for f in kept._meta.concrete_fields if not f.name.startswith("pgh_")]
    for pk, event in first.items():
        before = kept.objects.filter(pgh_obj_id=pk, pgh_id__lt=event).order_by("-pgh_id")
        values = before.values(*names).first()
        if values and pk not in made:
            values.pop("id")
            model._base_manager.filter(pk=pk).update(**values)
    ExternalKey.objects.filter(kind__in=_kinds(model), record__in=list(first)).update(fingerprint=0)


def _kinds(model: type[models.Model]) -> Sequence[str]:
    kinds = {Account: "account", Stakeholder: "contact", Opportunity: "opportunity",
             Interaction: "activity", Product: "product", Contract: "contract",
             Receivable: "receivable"}  # fmt: skip
    return [kinds[model]] if model in kinds else []


def _remove(batch: Batch) -> None:
    ExternalKey.objects.filter(batch=batch).delete()
    for relation in _pointing_at(Account):
        if _is_computed(relation.related_model):
            figures = relation.related_model._base_manager
            figures.filter(**{f"{relation.field.name}__in": _made(Account, batch)}).delete()
    for model in MADE:
        made = _made(model, batch)
        model._base_manager.filter(pk__in=made)._raw_delete(connection.alias)
