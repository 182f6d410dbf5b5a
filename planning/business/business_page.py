"""What the page of the client's business shows beyond the records: addresses, labels, charts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import Account, User
from planning.business.business_summary import Business, business
from planning.business.finance_charts import figures
from planning.business.item_types import BY_MODEL
from planning.models import Plan, Profile
from planning.models.business import PROFILE_TEXTS
from planning.models.confirmation import PlanPart
from planning.plan.freshness import Freshness


@dataclass(frozen=True)
class ProfilePart:
    field: str
    label: Any
    text: str
    post_to: str


@dataclass(frozen=True)
class Removed:
    item: Any
    label: Any
    restore_url: str


def business_page(account: Account, user: User, at: datetime, *, may_edit: bool) -> dict[str, Any]:
    today = user.today(at)
    found = business(account, today, at)
    return {
        "account": account,
        "business": found,
        "charts": figures(found.years),
        "plan": Plan.objects.visible_to(user).of(account).current(today).first(),
        "profile_parts": [profile_part(account, found.profile, name) for name in PROFILE_TEXTS],
        "fresh_parts": [_confirmable(account, found, part) for part in PlanPart.values],
        "removed_items": [_removed(item) for item in found.removed],
        "today": today,
        "may_edit": may_edit,
        "is_editor": may_edit,
    }


def profile_part(account: Account, profile: Profile, field: str) -> ProfilePart:
    label = profile._meta.get_field(field).verbose_name  # type: ignore[union-attr]  # a plain field, not a relation
    post_to = reverse(f"planning:profile_{field}", args=[account.pk])
    return ProfilePart(field, label, getattr(profile, field), post_to)


def _confirmable(account: Account, found: Business, part: str) -> dict[str, Any]:
    fresh: Freshness = found.fresh[part]
    return {
        "part": part,
        "label": fresh.label,
        "state": fresh.state,
        "on": fresh.on,
        "by": fresh.by,
        "days": fresh.days,
        "cadence": fresh.cadence,
        "is_stale": fresh.is_stale,
        "confirm_url": reverse(f"planning:confirm_{part}", args=[account.pk]),
    }


def _removed(item: Any) -> Removed:
    item_type = BY_MODEL[type(item)]
    return Removed(
        item, item_type.edit, reverse(f"planning:{item_type.name}_restore", args=[item.pk])
    )
