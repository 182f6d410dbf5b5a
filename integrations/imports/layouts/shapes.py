"""How a source lays out its tables: which columns hold what, and how to tell it by its head."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# In the order in which they are taken: whoever is pointed at comes first.
KINDS = ("owner", "product", "account", "contact", "opportunity", "activity", "contract",
         "receivable", "revenue")  # fmt: skip
NUMBERS = {"value", "probability", "revenue", "rebates", "cost", "budget", "amount", "renewal",
           "price", "quantity", "discount", "discount_percent", "cadence", "employees",
           "turnover"}  # fmt: skip
# Numbers beside which a currency may stand; of others the file says the unit in no cell but %.
MONEY = {"value", "revenue", "rebates", "cost", "budget", "amount", "price", "turnover"}
DATES = {
    "created",
    "closed",
    "at",
    "month",
    "start",
    "end",
    "notice",
    "issued",
    "due",
    "paid",
    "expected",
}

Columns = str | tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One kind of record in one table. A field may name several columns: the first filled counts."""

    kind: str
    fields: Mapping[str, Columns]
    needs: frozenset[str]
    # Set where the column is the same in all rows or not in the file.
    constants: Mapping[str, str] = field(default_factory=dict)

    def recognises(self, columns: set[str]) -> bool:
        return self.needs <= columns

    def present(self, columns: set[str]) -> dict[str, tuple[str, ...]]:
        """The fields whose columns are in this file."""
        found = {}
        for name, wanted in self.fields.items():
            names = (wanted,) if isinstance(wanted, str) else wanted
            if here := tuple(column for column in names if column in columns):
                found[name] = here
        return found


@dataclass(frozen=True)
class Source:
    name: str
    label: str
    sheets: tuple[Sheet, ...]
    # Values known to be written otherwise over there, by field: {"product": {"GTXPro": "GTX Pro"}}
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # Tables that belong to the source and hold nothing for us, by columns that give them away.
    ignored: Mapping[str, frozenset[str]] = field(default_factory=dict)
    month_first: bool = False


def sheet(kind: str, needs: str, **fields: Columns) -> Sheet:
    """`needs` lists columns separated by |."""
    return Sheet(kind, fields, frozenset(needs.split("|")))
