"""Tables of nobody's layout: which fields each kind has, and which column may hold which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from integrations.imports.kinds.known_records import bare
from integrations.imports.layouts.shapes import Sheet, Source


@dataclass(frozen=True)
class Field:
    """`hint` is said below the field."""

    name: str
    label: str | Promise
    # Words of heads in English and Spanish, without case and accents.
    words: tuple[str, ...]
    is_required: bool = False
    # Its column says what kind of table this is; an address or a phone stands in many.
    is_telling: bool = True
    hint: str | Promise = ""


def field(
    name: str,
    label: str | Promise,
    words: str,
    *,
    required: bool = False,
    telling: bool = True,
    hint: str | Promise = "",
) -> Field:
    return Field(name, label, tuple(words.split("|")), required, telling, hint)


ACCOUNT = field(
    "account", _("Account"), "account|account name|customer|client|company|company name|cliente|"
    "cuenta|empresa|razon social|compania", required=True,
)  # fmt: skip
CURRENCY = field("currency", _("Currency"), "currency|moneda|divisa")
TABLES: dict[str, tuple[Field, ...]] = {
    "revenue": (
        ACCOUNT,
        field("month", _("Month"), "month|date|order date|invoice date|mes|fecha|periodo|period",
              required=True),
        field("revenue", _("Revenue"), "revenue|amount|net amount|sales|total|ingresos|importe|"
              "ventas|facturacion|monto",
              hint=_("Without such a column: unit price × quantity, less the discount.")),
        field("price", _("Unit price"), "unit price|price|precio unitario|precio"),
        field("quantity", _("Quantity"), "quantity|qty|units|cantidad|unidades"),
        field("discount", _("Discount, as a share (0.15)"), "discount|descuento"),
        field("discount_percent", _("Discount in percent (15)"), "discount %|discount percent|"
              "% descuento|descuento %"),
        field("rebates", _("Discounts and rebates"), "rebates|rebate|bonificaciones"),
        field("cost", _("Direct cost"), "cost|direct cost|costo|coste|costo directo"),
        field("budget", _("Budget"), "budget|plan|presupuesto"),
        field("product", _("Product"), "product|product name|item|producto|articulo"),
        CURRENCY,
    ),
    "contract": (
        ACCOUNT,
        field("title", _("Contract"), "contract|title|contrato|titulo", required=True),
        field("value", _("Value a year"), "value|value a year|annual value|valor|valor anual",
              required=True),
        field("start", _("Start"), "start|start date|from|inicio|desde", required=True),
        field("end", _("End"), "end|end date|until|fin|hasta|vencimiento"),
        field("notice", _("Notice until"), "notice|notice until|aviso|aviso hasta"),
        field("renewal", _("Renewal probability"), "renewal|renewal probability|renovacion|"
              "probabilidad de renovacion"),
        CURRENCY,
    ),
    "receivable": (
        ACCOUNT,
        field("invoice", _("Invoice"), "invoice|invoice number|factura|numero de factura",
              required=True),
        field("amount", _("Amount"), "amount|total|importe|monto", required=True),
        field("issued", _("Issued"), "issued|invoice date|date|emitida|fecha|fecha de emision",
              required=True),
        field("due", _("Due"), "due|due date|vence|vencimiento|fecha de vencimiento",
              required=True),
        field("paid", _("Paid"), "paid|paid on|pagada|fecha de pago"),
        CURRENCY,
    ),
    "contact": (
        ACCOUNT,
        field("name", _("Full name"), "name|full name|contact|nombre completo|contacto"),
        field("first", _("First name"), "first name|given name|nombre|nombres|nombre de pila"),
        field("last", _("Last name"), "last name|surname|family name|family names|apellido|apellidos"),
        field("email", _("E-mail"), "email|e-mail|mail|correo|correo electronico"),
        field("phone", _("Phone"), "phone|telephone|telefono|movil|celular"),
        field("title", _("Title"), "title|job title|position|cargo|puesto"),
        field("department", _("Department"), "department|departamento|area"),
        field("roles", _("Decision role"), "decision role|decision roles|rol en la decision"),
        field("influence", _("Influence"), "influence|influencia"),
        field("cadence", _("Contact every (days)"), "cadence|contact every|frecuencia"),
    ),
    "opportunity": (
        ACCOUNT,
        field("title", _("Opportunity"), "opportunity|opportunity name|deal|deal name|title|"
              "oportunidad|negocio|titulo", required=True),
        field("stage", _("Stage"), "stage|deal stage|etapa|fase"),
        field("status", _("State"), "state|status|estado"),
        field("value", _("Value"), "value|amount|valor|importe|monto", required=True),
        field("probability", _("Probability"), "probability|probability (%)|probabilidad"),
        field("closed", _("Expected close"), "expected close|close date|closed|cierre|"
              "cierre previsto|fecha de cierre", required=True),
        field("product", _("Product"), "product|producto"),
        field("owner", _("Owner"), "owner|responsable|propietario"),
        field("reason", _("Reason"), "reason|motivo"),
        field("key", _("Identifier"), "key|clave|opportunity id|deal id"),
        CURRENCY,
    ),
    "product": (
        field("name", _("Name"), "product|product name|producto", required=True),
        field("family", _("Family"), "family|familia", required=True),
    ),
    "activity": (
        ACCOUNT,
        field("at", _("When"), "when|date|fecha|cuando", required=True),
        field("type", _("How"), "how|kind|type|tipo|como", required=True),
        field("title", _("What was said"), "note|subject|what was said|nota|asunto", required=True),
        field("contact", _("Stakeholder"), "stakeholder|contact|persona|persona clave|contacto"),
    ),
    "account": (
        field("name", _("Name"), "name|account|company|company name|security|empresa|cuenta|"
              "razon social|nombre", required=True),
        field("website", _("Website"), "website|web|domain|company domain name|dominio|sitio web|"
              "pagina web"),
        field("industry", _("Industry"), "industry|sector|gics sector|industria"),
        field("street", _("Street"), "street|address|street address|billing street|calle|"
              "direccion|domicilio", telling=False),
        field("postal_code", _("Postal code"), "postal code|zip|zip code|postcode|codigo postal|"
              "c.p.|cp", telling=False),
        field("city", _("City"), "city|headquarters location|ciudad|localidad|municipio"),
        field("state", _("State or province"), "state|province|state region|state/region|"
              "billing state|estado|provincia|departamento", telling=False),
        field("country", _("Country"), "country|pais"),
        field("phone", _("Phone"), "phone|phone number|telephone|main phone|telefono", telling=False),
        field("tax_number", _("Tax number"), "tax number|tax id|vat|vat number|rfc|nit|cuit|ruc|"
              "rut|cnpj|nif|cif|numero fiscal|identificacion fiscal", telling=False),
        field("employees", _("Employees"), "employees|number of employees|no. of employees|"
              "headcount|empleados|numero de empleados", telling=False),
        field("turnover", _("Yearly turnover"), "annual revenue|turnover|yearly turnover|"
              "facturacion anual|facturacion|ingresos anuales", telling=False),
        field("kam", _("KAM"), "kam|key account manager|account manager|account owner|"
              "kam email|kam mail|account owner email|owner email|owner|"
              "ejecutivo de cuenta|responsable de cuenta|gerente de cuenta|correo del kam|"
              "correo del ejecutivo|correo del responsable|propietario de la cuenta",
              hint=_("The mail or the name of one of ours."), telling=False),
        field("tier", _("Tier"), "tier|categoria", telling=False),
        field("service_class", _("Service class"), "service class|class|clase de servicio|clase", telling=False),
        CURRENCY,
        field("key", _("Identifier"), "key|clave|symbol|account number|numero de cuenta"),
    ),
}  # fmt: skip


KIND_LABELS: dict[str, str | Promise] = {
    "owner": _("Owners"),
    "product": _("Products"),
    "account": _("Accounts"),
    "group": _("Groups"),
    "standing": _("KAM, tier and service class"),
    "contact": _("Stakeholders"),
    "opportunity": _("Opportunities"),
    "activity": _("Interactions"),
    "contract": _("Contracts"),
    "receivable": _("Receivables"),
    "revenue": _("Revenue, cost and budget"),
}
# Fields that only exports of other systems have.
OTHER_LABELS: dict[str, str | Promise] = {
    "account_key": _("Identifier of the account"),
    "account_domain": _("Website of the account"),
    "about_key": _("Identifier of what it is about"),
    "contact_key": _("Identifier of the stakeholder"),
    "contact_email": _("E-mail of the stakeholder"),
    "deal_key": _("Identifier of the opportunity"),
    "owner_key": _("Identifier of the owner"),
    "parent": _("Group"),
    "parent_key": _("Identifier of the group"),
    "region": _("Market"),
    "created": _("Created"),
    "done": _("Done"),
    "text": _("Text"),
    "direction": _("Direction"),
    "outcome": _("Outcome"),
    "manager": _("Manager"),
    "team": _("Team"),
    "owner": _("Owner"),
    "two_way": _("Both sides took part"),
    "expected": _("Expected close"),
}


def label_of(kind: str, name: str) -> str | Promise:
    known = {one.name: one.label for fields in TABLES.values() for one in fields}
    mine = {one.name: one.label for one in TABLES.get(kind, ())}
    return mine.get(name) or OTHER_LABELS.get(name) or known.get(name) or name


def hint_of(kind: str, name: str) -> str | Promise:
    return next((one.hint for one in TABLES.get(kind, ()) if one.name == name), "")


# One of these must be there besides what is required.
ANY_OF: dict[str, tuple[tuple[str, ...], ...]] = {
    "revenue": (("revenue",), ("price", "quantity"), ("cost",), ("budget",)),
    "contact": (("name",), ("first",), ("last",)),
}


@cache
def words_of(kind: str, name: str) -> tuple[str, ...]:
    """Our own heads in every language first, then those that others use."""
    one = next(one for one in TABLES[kind] if one.name == name)
    labels = []
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            labels.append(bare(str(one.label)))
    return (*labels, *one.words)


def guess(kind: str, columns: Sequence[str]) -> dict[str, str]:
    """A column for each field, by its head; each column once."""
    left = {bare(column): column for column in reversed(columns) if column}
    found: dict[str, str] = {}
    for one in TABLES[kind]:
        word = next((word for word in words_of(kind, one.name) if word in left), None)
        if word:
            found[one.name] = left.pop(word)
    return found


def missing(kind: str, mapping: Mapping[str, object]) -> list[Field]:
    """Fields without which no row of the kind can be taken."""
    lacking = [one for one in TABLES[kind] if one.is_required and not mapping.get(one.name)]
    ways = ANY_OF.get(kind, ())
    if ways and not any(all(mapping.get(name) for name in way) for way in ways):
        lacking += [one for one in TABLES[kind] if one.name == ways[0][0]]
    return lacking


def kind_of(columns: Sequence[str]) -> str | None:
    """The kind of which all required fields and most others are there."""
    fits = {
        kind: sum(one.is_telling for one in TABLES[kind] if one.name in mapping)
        for kind in TABLES
        if not missing(kind, mapping := guess(kind, columns))
    }
    return max(fits, key=lambda kind: fits[kind]) if fits else None


def source_of(kind: str, mapping: Mapping[str, str]) -> tuple[Source, Sheet]:
    """A mapping as a layout like any other."""
    sheet = Sheet(kind, dict(mapping), frozenset(mapping.values()))
    return Source("table", "Table", (sheet,)), sheet
