from datetime import UTC, datetime

from planning.business.item_types import ITEM_TYPES
from planning.models import Approval, Comment, Snapshot
from tests.base import ClaveTest
from tests.kam.rules.access import DO, EDIT, EMPTY, READ, Row
from tests.planning import business_cast

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
# Deciding takes the sponsor or a manager above the KAM: of the cast only Magda.
DECIDE = [302, 404, 403, 403, 403, 200, 403, 403]
# Whoever may read may speak: an empty comment is refused.
SPEAK = [302, 404, 422, 422, 422, 422, 422, 422]
TICKET = [403] * 8

PAGES: dict[str, Row] = {
    "planning:plan_add": EDIT,
    "planning:plan_edit": EDIT,
    "planning:plan_submit": EDIT,
    "planning:plan_approve": DECIDE,
    "planning:plan_send_back": DECIDE,
    "planning:version_save": EDIT,
    "planning:plan_compare": READ,
    "planning:version_report": READ,
    "planning:presence": TICKET,
    "planning:presence_renew": READ,
    "planning:objective_due": EDIT,
    "planning:objective_owner": EDIT,
    "planning:check_in_add": EDIT,
    "planning:objective_drop": EDIT,
    "planning:action_due": EDIT,
    "planning:action_owner": EDIT,
    "planning:action_result": EDIT,
    "planning:action_drop": EDIT,
    "planning:business": READ,
    "planning:whitespace": READ,
    "planning:whitespace_cell": READ,
    "planning:risk": READ,
    "planning:risk_close": EDIT,
    **{
        f"planning:{item_type.name}_{verb}": EDIT
        for item_type in ITEM_TYPES
        for verb in ("add", "edit")
    },
}
ACTIONS: dict[str, Row] = {
    "planning:plan_withdraw": DO,
    "planning:comment_add": SPEAK,
    "planning:comment_resolve": DO,
    "planning:comment_reopen": DO,
    "planning:objective_take_up": DO,
    "planning:objective_up": DO,
    "planning:objective_down": DO,
    "planning:action_up": DO,
    "planning:action_down": DO,
    "planning:whitespace_say": EMPTY,
    "planning:risk_reopen": DO,
    **{
        f"planning:{item_type.name}_{verb}": DO
        for item_type in ITEM_TYPES
        for verb in ("remove", "restore")
    },
    **{f"planning:{item_type.name}_text": EMPTY for item_type in ITEM_TYPES if item_type.has_row},
    **{
        f"planning:{item_type.name}_{verb}": DO
        for item_type in ITEM_TYPES
        if item_type.is_ordered
        for verb in ("up", "down")
    },
    **{f"planning:profile_{field}": DO for field in ("earns", "market", "products", "structure")},
    **{f"planning:confirm_{part}": DO for part in ("goals", "swot", "money", "position")},
}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    plan, objective, action = cast.plan.pk, cast.objective.pk, cast.action.pk
    approval = Approval.objects.create(
        plan=cast.plan, account=cast.acme, version=1, asked_at=AT, asked_by=cast.alice
    )
    snapshot = Snapshot.take(cast.plan, by=cast.alice, at=AT)
    comment = Comment.objects.create(
        plan=cast.plan, account=cast.acme, author=cast.alice, text="Hello", created_at=AT
    )
    found: dict[str, int | str] = {}
    for name in [*PAGES, *ACTIONS]:
        verb = name.removeprefix("planning:")
        found[name] = cast.acme.pk
        for start, pk in (
            ("plan_edit", plan), ("plan_submit", plan), ("plan_withdraw", plan),
            ("plan_compare", plan), ("version_save", plan), ("comment_add", plan),
            ("presence_renew", plan), ("plan_approve", approval.pk),
            ("plan_send_back", approval.pk), ("version_report", snapshot.pk),
            ("comment_resolve", comment.pk), ("comment_reopen", comment.pk),
            ("objective_", objective), ("check_in_add", objective), ("action_", action),
        ):  # fmt: skip
            if verb.startswith(start):
                found[name] = pk
    found |= item_keys(cast)
    del found["planning:presence"]
    return found


def item_keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    rows = {
        item_type.name: getattr(business_cast, f"make_{item_type.name}")(cast.acme).pk
        for item_type in ITEM_TYPES
    }
    names = [name.removeprefix("planning:") for name in [*PAGES, *ACTIONS]]
    return {
        f"planning:{name}": rows[item_type]
        for item_type in rows
        for name in names
        if (name.startswith(f"{item_type}_") or name == item_type) and name != f"{item_type}_add"
    }
