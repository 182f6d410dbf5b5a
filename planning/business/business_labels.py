"""How changes of what the plan says of the client, of our position and of the risks are told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.history.history_registry import Text, tell
from planning.models import (
    Cell,
    ClientGoal,
    Confirmation,
    FinancialYear,
    Initiative,
    Profile,
    Risk,
    Standpoint,
    SwotItem,
)
from planning.models.business import PROFILE_TEXTS

COMES_AND_GOES = {"removed_at": (_("removed %(thing)s"), _("put back %(thing)s"))}


def written(row: Any) -> Text:
    """The first of the four texts."""
    name = next((name for name in PROFILE_TEXTS if row[name]), "")
    return (
        f"{_('began the client’s profile')}: %({name})s"
        if name
        else _("began the client’s profile")
    )


tell(
    Profile,
    group="plan",
    thing=_("the client’s profile"),
    fields={
        "earns": _("how it makes money"),
        "market": _("the market position"),
        "products": _("the products"),
        "structure": _("the structure"),
    },
    added=written,
)
tell(
    ClientGoal,
    group="plan",
    thing=_("the client’s goal “%(name)s”"),
    name="title",
    fields={
        "title": _("the text"),
        "voice": _("who says so"),
        "source": _("the source"),
        "due": _("the due date"),
        "unit": _("the unit"),
        "baseline": _("the start"),
        "current": _("the current figure"),
        "target": _("the target"),
    },
    verbs={
        "goal.rename": _("renamed the client’s goal from %(old)s to %(new)s"),
        "goal.move": _("changed the order of the client’s goals"),
    },
    turns=COMES_AND_GOES,
)
tell(
    Initiative,
    group="plan",
    thing=_("the client’s initiative “%(name)s”"),
    name="title",
    fields={
        "title": _("the text"),
        "sponsor": _("the sponsor there"),
        "budget": _("the budget"),
        "currency": _("the currency"),
        "starts": _("the start date"),
        "ends": _("the end date"),
        "our_part": _("our part"),
        "is_joint": _("that it is a joint project"),
    },
    verbs={
        "initiative.rename": _("renamed the client’s initiative from %(old)s to %(new)s"),
        "initiative.move": _("changed the order of the client’s initiatives"),
    },
    turns=COMES_AND_GOES,
)
tell(
    FinancialYear,
    group="plan",
    thing=_("the client’s figures of %(name)s"),
    name="year",
    fields={
        "year": _("the year"),
        "is_expected": _("that the year is not closed"),
        "currency": _("the currency"),
        "revenue": _("the revenue"),
        "growth": _("the growth in percent"),
        "margin": _("the operating margin in percent"),
        "net_debt": _("the net debt in years of profit"),
        "solvency": _("the equity in percent"),
        "rating": _("our rating"),
        "source": _("the source"),
    },
    turns=COMES_AND_GOES,
)
tell(
    SwotItem,
    group="plan",
    thing=_("“%(name)s” in the SWOT"),
    name="text",
    fields={
        "quadrant": _("the place"),
        "text": _("the text"),
        "impact": _("the impact"),
        "evidence": _("the evidence"),
        "source_date": _("the date of the source"),
    },
    added=_("added to the SWOT, %(quadrant)s: %(text)s"),
    verbs={
        "swot.rename": _("reworded a point of the SWOT from %(old)s to %(new)s"),
        "swot.move": _("changed the order of the SWOT"),
    },
    turns=COMES_AND_GOES,
)
tell(
    Standpoint,
    group="plan",
    thing=_("“%(name)s” in our position"),
    name="text",
    fields={
        "side": _("the place"),
        "text": _("the text"),
        "note": _("the note"),
        "weight": _("the weight"),
    },
    added=_("added to our position, %(side)s: %(text)s"),
    verbs={
        "standpoint.rename": _("reworded a point of our position from %(old)s to %(new)s"),
        "standpoint.move": _("changed the order of our position"),
    },
    turns=COMES_AND_GOES,
)
tell(
    Risk,
    group="plan",
    thing=_("the risk “%(name)s”"),
    name="title",
    fields={
        "title": _("the text"),
        "severity": _("the severity"),
        "likelihood": _("the likelihood"),
        "owner": _("the owner"),
        "mitigation": _("what we do about it"),
        "due": _("the due date"),
        "amount": _("the amount at stake"),
        "outcome": _("how it ended"),
    },
    verbs={
        "risk.rename": _("renamed the risk from %(old)s to %(new)s"),
        "risk.move": _("changed the order of the risks"),
    },
    turns={
        **COMES_AND_GOES,
        "closed_at": (_("closed %(thing)s: %(outcome)s"), _("opened %(thing)s again")),
    },
)
CONFIRMED = _("confirmed that this part of the plan is still true: %(part)s")
tell(
    Confirmation,
    group="plan",
    thing=_("the confirmation of a part of the plan"),
    added=CONFIRMED,
    changed=CONFIRMED,
)


def place(row: Any) -> str:
    return f"{row.words('product')}, {row.words('unit')}"


SAID = _("said of %(thing)s: %(state)s")
tell(
    Cell,
    group="plan",
    thing=_("“%(name)s” in the white space"),
    name=place,
    needs=("unit", "product"),
    fields={
        "state": _("the state"),
        "potential": _("the potential a year"),
        "currency": _("the currency"),
        "competitor": _("the competitor"),
        "note": _("the note"),
    },
    added=SAID,
    changed=_("said again of %(thing)s: %(state)s"),
)
