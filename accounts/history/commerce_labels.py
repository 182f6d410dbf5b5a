"""How changes of units, revenue, contracts, opportunities and receivables are told."""

from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.history.history_registry import group, tell
from accounts.models import (
    BusinessUnit,
    Contract,
    Opportunity,
    Receivable,
    Revenue,
    TierChange,
)

MONEY = "money"
group(MONEY, _("Money"))

tell(
    TierChange,
    group="account",
    thing=_("the change of the tier"),
    fields={"to_tier": _("the tier"), "on": _("the day"), "reason": _("the reason")},
    added=_("gave the account the tier %(to_tier)s as of %(on)s: %(reason)s"),
    follows=frozenset({"account.add"}),
)
tell(
    BusinessUnit,
    group="account",
    thing=_("the unit “%(name)s”"),
    name="name",
    fields={
        "name": _("the name"),
        "parent": _("the unit above"),
        "kind": _("the kind"),
    },
    turns={
        "closed": (
            _("noted that %(thing)s no longer exists"),
            _("noted that %(thing)s exists again"),
        ),
    },
)
tell(
    Contract,
    group=MONEY,
    thing=_("the contract “%(name)s”"),
    name="title",
    fields={
        "title": _("the text"),
        "unit": _("the unit"),
        "value": _("the value a year"),
        "currency": _("the currency"),
        "start": _("the start"),
        "end": _("the end"),
        "notice": _("the notice date"),
        "renewal": _("the renewal probability"),
        "adjustment": _("the price adjustment"),
        "renews": _("the contract it renews"),
        "opportunity": _("the opportunity it signs"),
    },
)
tell(
    Opportunity,
    group=MONEY,
    thing=_("the opportunity “%(name)s”"),
    name="title",
    fields={
        "title": _("the text"),
        "unit": _("the unit"),
        "product": _("the product"),
        "owner": _("the owner"),
        "value": _("the value a year"),
        "currency": _("the currency"),
        "probability": _("the probability"),
        "stage": _("the stage"),
        "expected": _("the expected close"),
        "reason": _("the reason"),
    },
    verbs={
        "opportunity.win": _("won %(thing)s: %(reason)s"),
        "opportunity.lose": _("lost %(thing)s: %(reason)s"),
    },
    turns={"closed_at": (_("closed %(thing)s: %(reason)s"), _("opened %(thing)s again"))},
)
tell(
    Receivable,
    group=MONEY,
    thing=_("the invoice “%(name)s”"),
    name="invoice",
    fields={
        "invoice": _("the number"),
        "amount": _("the amount"),
        "currency": _("the currency"),
        "issued": _("the day of issue"),
        "due": _("the due date"),
    },
    turns={
        "paid_at": (_("noted %(thing)s as paid on %(paid_at)s"), _("noted %(thing)s as not paid")),
    },
)


def figures(row: Any) -> str:
    words = {"month": row.words("month"), "product": row.words("product") or "–"}
    return say("%(month)s, %(product)s") % words


tell(
    Revenue,
    group=MONEY,
    thing=_("the figures of %(name)s"),
    name=figures,
    needs=("product",),
    fields={
        "month": _("the month"),
        "unit": _("the unit"),
        "product": _("the product"),
        "revenue": _("the revenue"),
        "rebates": _("the rebates"),
        "cost": _("the cost"),
        "budget": _("the budget"),
        "currency": _("the currency"),
    },
)
