"""The lists about the client's business: what each is called in addresses, templates and words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from planning.models import ClientGoal, FinancialYear, Initiative, Risk, Standpoint, SwotItem
from planning.models.items import Item


@dataclass(frozen=True)
class ItemType:
    """`section` is the region of the list and its template; `row` where a row has one of its own."""

    name: str
    path: str
    model: type[Item]
    section: str
    add: str | Promise
    edit: str | Promise
    removed: str | Promise
    has_row: bool = True
    is_ordered: bool = True

    @property
    def section_template(self) -> str:
        return f"planning/business/parts/_{self.section}.html"

    @property
    def row_template(self) -> str:
        return f"planning/business/parts/_{self.name}_row.html"


GOAL = ItemType(
    "goal", "goals", ClientGoal, "goals",
    _("New goal of theirs"), _("Goal of theirs"), _("Goal removed"),
)  # fmt: skip
INITIATIVE = ItemType(
    "initiative", "initiatives", Initiative, "initiatives",
    _("New initiative"), _("Initiative"), _("Initiative removed"), has_row=False, is_ordered=False,
)  # fmt: skip
YEAR = ItemType(
    "year", "years", FinancialYear, "money",
    _("New year"), _("Year"), _("Year removed"), has_row=False, is_ordered=False,
)  # fmt: skip
SWOT = ItemType(
    "swot", "swot", SwotItem, "swot",
    _("New point of the SWOT"), _("Point of the SWOT"), _("Point removed"),
)  # fmt: skip
STANDPOINT = ItemType(
    "standpoint", "standpoints", Standpoint, "position",
    _("New point of our position"), _("Point of our position"), _("Point removed"),
)  # fmt: skip
RISK = ItemType(
    "risk", "risks", Risk, "risks",
    _("New risk"), _("Risk"), _("Risk removed"), is_ordered=False,
)  # fmt: skip

ITEM_TYPES = [GOAL, INITIATIVE, YEAR, SWOT, STANDPOINT, RISK]
BY_MODEL = {item_type.model: item_type for item_type in ITEM_TYPES}
