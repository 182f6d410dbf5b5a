"""The lists as files: what each holds, in words of the reader, so that it comes back in unchanged."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.interactions import Kind
from accounts.models.stakeholders import DecisionRole
from integrations.imports.layouts.own_files import namer
from integrations.imports.layouts.tables import label_of
from kam.lib.tabular.listing import ListColumn, Listing, attribute, mark_of


def column(field: str, label: Any, value: Callable[[Any], Any] | str) -> ListColumn:
    return ListColumn(field, label, attribute(value) if isinstance(value, str) else value)


def listing(kind: str, name: str, *columns: ListColumn | tuple[str, Any] | str) -> Listing:
    """Fields of the import by name, with where their value stands unless it is called the same;
    their heads are those of its table. Columns with a head of their own are written out."""

    def ready(one: ListColumn | tuple[str, Any] | str) -> ListColumn:
        if isinstance(one, ListColumn):
            return one
        field, value = (one, one) if isinstance(one, str) else one
        return column(field, label_of(kind, field), value)

    return Listing(name, tuple(ready(one) for one in columns), kind, namer(kind))


def said(name: str) -> Callable[[Any], str]:
    """A choice in the words of the reader."""
    return lambda record: str(getattr(record, f"get_{name}_display")())


def moment(name: str) -> Callable[[Any], str]:
    """With its zone, which no spreadsheet keeps."""
    return lambda record: at.isoformat() if (at := getattr(record, name)) else ""


def member(role: str) -> Callable[[Any], str]:
    def name(account: Any) -> str:
        found = [m.user.name for m in account.memberships.all() if m.role == role]
        return ", ".join(found)

    return name


def roles(person: Any) -> str:
    return ", ".join(str(DecisionRole(role).label) for role in person.roles)


def people(talk: Any) -> str:
    return ", ".join(part.stakeholder.name for part in talk.their_parts.all())


ACCOUNT = ("account", "account.name")
ACCOUNT_KEY = column("account_key", mark_of("account"), namer("account", "account_id"))
UNIT = column("", _("Business unit"), "unit.name")
PRODUCT = ("product", "product.name")

ACCOUNTS = listing(
    "account",
    "accounts",
    column("name", _("Account"), "name"),
    "industry",
    "website",
    "phone",
    "tax_number",
    "street",
    "postal_code",
    "city",
    "state",
    "country",
    "employees",
    "turnover",
    "region",
    column("", _("Tier"), said("tier")),
    column("", _("Service class"), "service_class"),
    column("", _("KAM"), member("kam")),
    column("", _("Sponsor"), member("sponsor")),
    "currency",
    column("", _("Value now"), "standing.value_now"),
    column("", _("On last year"), "standing.growth"),
    column("", _("Months compared"), "standing.pairs"),
    column("", _("Health"), "standing.health"),
    column("", _("Parts of health scored"), "standing.health_parts"),
    column("", _("Contract end"), "standing.contract_end"),
    column("", _("Archived"), moment("archived_at")),
)
STAKEHOLDERS = listing(
    "contact",
    "stakeholders",
    ACCOUNT,
    column("name", _("Name"), "name"),
    ("first", "given_name"),
    ("last", "family_names"),
    "title",
    "department",
    "email",
    "phone",
    ("roles", roles),
    ("influence", said("influence")),
    "cadence",
    column("owner", _("Held by"), "owner.email"),
    column("", _("Last contact"), moment("last_contact_at")),
    ACCOUNT_KEY,
)
INTERACTIONS = listing(
    "activity",
    "interactions",
    ACCOUNT,
    ("at", moment("at")),
    ("type", lambda talk: str(Kind(talk.kind).label)),
    ("two_way", lambda talk: _yes(talk.is_two_way)),
    ("title", "note"),
    column("", _("Stakeholders"), people),
    column("", pgettext_lazy("person", "By"), "author.name"),
    ACCOUNT_KEY,
)
OPPORTUNITIES = listing(
    "opportunity",
    "opportunities",
    ACCOUNT,
    "title",
    ("status", said("state")),
    ("stage", said("stage")),
    column("value", _("Value a year"), "value"),
    "currency",
    "probability",
    column("expected", _("Expected close"), "expected"),
    column("closed", _("Closed"), moment("closed_at")),
    PRODUCT,
    ("owner", "owner.email"),
    UNIT,
    "reason",
    ACCOUNT_KEY,
)
CONTRACTS = listing(
    "contract",
    "contracts",
    ACCOUNT,
    "title",
    "value",
    "currency",
    "start",
    "end",
    "notice",
    "renewal",
    column("", _("Price adjustment"), "adjustment"),
    UNIT,
    ACCOUNT_KEY,
)
RECEIVABLES = listing(
    "receivable",
    "receivables",
    ACCOUNT,
    "invoice",
    "amount",
    "currency",
    "issued",
    "due",
    ("paid", "paid_at"),
    ACCOUNT_KEY,
)
REVENUE = listing(
    "revenue",
    "revenue",
    ACCOUNT,
    "month",
    UNIT,
    PRODUCT,
    "revenue",
    "rebates",
    "cost",
    "budget",
    "currency",
    ACCOUNT_KEY,
)
PRODUCTS = listing(
    "product",
    "products",
    column("name", _("Product"), "name"),
    "family",
    column("", _("On sale"), lambda product: _yes(product.active)),
)
LISTINGS = {
    listing.kind: listing
    for listing in (ACCOUNTS, STAKEHOLDERS, INTERACTIONS, OPPORTUNITIES, CONTRACTS, RECEIVABLES,
                    REVENUE, PRODUCTS)
}  # fmt: skip


@cache
def _labels(kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            found |= {str(one.label): one.field for one in LISTINGS[kind].columns}
    return found


def labels_of(listing: Listing) -> dict[str, str]:
    """The field of each head, in every language."""
    return _labels(listing.kind)


YES, NO = pgettext_lazy("both sides", "yes"), pgettext_lazy("both sides", "no")


def _yes(value: bool) -> str:
    return str(YES if value else NO)
