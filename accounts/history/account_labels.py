"""How changes of accounts and their teams are told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.history.history_registry import tell
from accounts.models import Absence, Account, Membership

tell(
    Account,
    group="account",
    thing=_("the account"),
    name="name",
    fields={
        "name": _("the name"),
        "industry": _("the industry"),
        "website": _("the website"),
        "phone": _("the phone"),
        "tax_number": _("the tax number"),
        "street": _("the street"),
        "postal_code": _("the postal code"),
        "state": _("the state or province"),
        "employees": _("the number of employees"),
        "turnover": _("the yearly turnover"),
        "city": _("the city"),
        "country": _("the country"),
        "region": _("the market"),
        "parent": _("the group"),
        "tier": _("the tier"),
        "service_class": _("the service class"),
        "currency": _("the currency"),
    },
    turns={
        "archived_at": (_("archived the account"), _("took the account out of the archive")),
    },
    added=_("opened the account “%(name)s”"),
    follows=frozenset({"account.tier"}),
)


def person(row: Any) -> str:
    return str(row.words("user"))


tell(
    Membership,
    group="account",
    thing=_("%(name)s on the team"),
    name=person,
    needs=("user",),
    fields={"role": _("the role"), "right": _("the right")},
    added=_("added %(name)s to the team as %(role)s, with the right to %(right)s"),
    removed=_("took %(name)s off the team"),
)


def absent(row: Any) -> str:
    return str(row.words("person"))


tell(
    Absence,
    group="account",
    thing=_("the deputy of %(name)s"),
    name=absent,
    needs=("person",),
    fields={"deputy": _("the deputy"), "starts": _("the first day"), "ends": _("the last day")},
    added=_("named %(deputy)s as deputy of %(name)s, %(starts)s to %(ends)s"),
    removed=_("withdrew %(deputy)s as deputy of %(name)s"),
)
