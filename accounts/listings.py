"""The lists as files: what each holds, in words of the reader, so that it comes back in unchanged."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.imports.own import namer
from accounts.models.interactions import Kind
from accounts.models.stakeholders import DecisionRole
from kam.lib.tabular.listing import Column, Listing, attribute, mark_of


def column(field: str, label: Any, value: Callable[[Any], Any] | str) -> Column:
    return Column(field, label, attribute(value) if isinstance(value, str) else value)


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


ACCOUNT = column("account", _("Account"), "account.name")
ACCOUNT_KEY = column("account_key", mark_of("account"), namer("account", "account_id"))
CURRENCY = column("currency", _("Currency"), "currency")

ACCOUNTS = Listing(
    "accounts",
    (
        column("name", _("Account"), "name"),
        column("industry", _("Industry"), "industry"),
        column("city", _("City"), "city"),
        column("country", _("Country"), "country"),
        column("region", _("Market"), "region"),
        column("", _("Tier"), said("tier")),
        column("", _("Service class"), "service_class"),
        column("", _("KAM"), member("kam")),
        column("", _("Sponsor"), member("sponsor")),
        column("currency", _("Currency"), "currency"),
        column("", _("Value now"), "standing.value_now"),
        column("", _("On last year"), "standing.growth"),
        column("", _("Health"), "standing.health"),
        column("", _("Contract end"), "standing.contract_end"),
    ),
    "account",
    namer("account"),
)
STAKEHOLDERS = Listing(
    "stakeholders",
    (
        ACCOUNT,
        column("name", _("Name"), "name"),
        column("title", _("Title"), "title"),
        column("department", _("Department"), "department"),
        column("email", _("E-mail"), "email"),
        column("phone", _("Phone"), "phone"),
        column("roles", _("Decision role"), roles),
        column("influence", _("Influence"), said("influence")),
        column("cadence", _("Contact every (days)"), "cadence"),
        column("owner", _("Held by"), "owner.email"),
        column("", _("Last contact"), moment("last_contact_at")),
        ACCOUNT_KEY,
    ),
    "contact",
    namer("contact"),
)
INTERACTIONS = Listing(
    "interactions",
    (
        ACCOUNT,
        column("at", _("When"), moment("at")),
        column("type", _("How"), lambda talk: str(Kind(talk.kind).label)),
        column("two_way", _("Both sides took part"), lambda talk: _yes(talk.is_two_way)),
        column("title", _("What was said"), "note"),
        column("", _("Stakeholders"), people),
        column("", pgettext_lazy("person", "By"), "author.name"),
        ACCOUNT_KEY,
    ),
    "activity",
    namer("activity"),
)
OPPORTUNITIES = Listing(
    "opportunities",
    (
        ACCOUNT,
        column("title", _("Opportunity"), "title"),
        column("status", _("State"), said("state")),
        column("stage", _("Stage"), said("stage")),
        column("value", _("Value a year"), "value"),
        CURRENCY,
        column("probability", _("Probability"), "probability"),
        column("expected", _("Expected close"), "expected"),
        column("closed", _("Closed"), moment("closed_at")),
        column("product", _("Product"), "product.name"),
        column("owner", _("Owner"), "owner.email"),
        column("", _("Business unit"), "unit.name"),
        column("reason", _("Reason"), "reason"),
        ACCOUNT_KEY,
    ),
    "opportunity",
    namer("opportunity"),
)
CONTRACTS = Listing(
    "contracts",
    (
        ACCOUNT,
        column("title", _("Contract"), "title"),
        column("value", _("Value a year"), "value"),
        CURRENCY,
        column("start", _("Start"), "start"),
        column("end", _("End"), "end"),
        column("notice", _("Notice until"), "notice"),
        column("renewal", _("Renewal probability"), "renewal"),
        column("", _("Price adjustment"), "adjustment"),
        column("", _("Business unit"), "unit.name"),
        ACCOUNT_KEY,
    ),
    "contract",
    namer("contract"),
)
RECEIVABLES = Listing(
    "receivables",
    (
        ACCOUNT,
        column("invoice", _("Invoice"), "invoice"),
        column("amount", _("Amount"), "amount"),
        CURRENCY,
        column("issued", _("Issued"), "issued"),
        column("due", _("Due"), "due"),
        column("paid", _("Paid"), "paid_at"),
        ACCOUNT_KEY,
    ),
    "receivable",
    namer("receivable"),
)
REVENUE = Listing(
    "revenue",
    (
        ACCOUNT,
        column("month", _("Month"), "month"),
        column("", _("Business unit"), "unit.name"),
        column("product", _("Product"), "product.name"),
        column("revenue", _("Revenue"), "revenue"),
        column("rebates", _("Discounts and rebates"), "rebates"),
        column("cost", _("Direct cost"), "cost"),
        column("budget", _("Budget"), "budget"),
        CURRENCY,
        ACCOUNT_KEY,
    ),
    "revenue",
    namer("revenue"),
)
PRODUCTS = Listing(
    "products",
    (
        column("name", _("Product"), "name"),
        column("family", _("Family"), "family"),
        column("", _("On sale"), lambda product: _yes(product.active)),
    ),
    "product",
    namer("product"),
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
