"""Which accounts of all a person may see: filters, order and page, all of it in the address."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import NullIf
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.directory.confirmation_cadence import is_idle, is_unbooked
from accounts.models import Account, Membership, Tier, User
from accounts.models.people import invited_words
from kam.lib.charts.charts import GOOD_FROM, WATCH_FROM
from kam.lib.data.folding import folded, words_in


@dataclass(frozen=True)
class Option:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Chip:
    """One filter: what it narrows to (empty for any), what else there is, and the way out."""

    key: str
    label: str
    chosen: str
    options: list[Option]
    clear_url: str


@dataclass(frozen=True)
class Head:
    """One column of the list; `sorted` is ascending, descending or empty."""

    label: str
    css: str
    url: str
    sorted: str


@dataclass(frozen=True)
class Removal:
    """The one filter without which something is found."""

    chip: Chip
    count: int


@dataclass(frozen=True)
class Counts:
    """What the choices are made of, in one query for words and one for people."""

    regions: list[str]
    industries: list[str]
    people: dict[str, list[tuple[str, str]]] = field(repr=False)
    all: int = 0
    archived: int = 0
    key: int = 0
    mine: int = 0
    unbooked: int = 0
    idle: int = 0


def health_is(state: str) -> Q:
    bounds = {
        "good": Q(standing__health__gte=GOOD_FROM),
        "watch": Q(standing__health__gte=WATCH_FROM, standing__health__lt=GOOD_FROM),
        "risk": Q(standing__health__lt=WATCH_FROM),
        "none": Q(standing__health=None),
    }
    return bounds[state]


def has_member(role: str, user_id: str) -> Q:
    """One subquery for each role, so that two roles do not meet in one row."""
    return Q(
        Exists(Membership.objects.filter(account=OuterRef("pk"), role=role, user=int(user_id)))
    )


CONDITIONS: dict[str, Callable[[str], Q]] = {
    "tier": lambda value: Q(tier=value),
    "class": lambda value: Q(service_class="" if value == "none" else value),
    "kam": lambda value: has_member("kam", value),
    "sponsor": lambda value: has_member("sponsor", value),
    "region": lambda value: Q(region=value),
    "industry": lambda value: Q(industry=value),
    "health": health_is,
    "state": lambda _value: ~Q(archived_at=None),
    "needs": lambda value: is_idle(now()) if value == "plan" else is_unbooked(),
    "q": lambda value: words_in("fold", value),
}
TIER_RANK = Case(
    *(When(tier=tier, then=Value(rank)) for rank, tier in enumerate(Tier.values)), default=9
)
SORTS: dict[str, Any] = {
    "name": "sort_key",
    "tier": TIER_RANK,
    "health": F("standing__health"),
    "value": F("standing__value_now_reporting"),
    "growth": F("standing__growth"),
    "end": F("standing__contract_end"),
    # All that could be sold, in one currency: as `Standing.possible_reporting`.
    "potential": F("standing__value_now_reporting")
    * (F("standing__value_now") + F("standing__potential"))
    / NullIf("standing__value_now", Value(Decimal(0))),
    "review": F("standing__next_review_at"),
    "plan": F("standing__plan_touched_at"),
}
HEALTH = ("good", "watch", "risk", "none")
# Filters whose values are always the same.
FIXED: dict[str, Callable[[], list[tuple[str, str]]]] = {
    "tier": lambda: [(value, str(label)) for value, label in Tier.choices],
    "class": lambda: [("A", "A"), ("B", "B"), ("C", "C"), ("none", _("no class"))],
    "health": lambda: list(zip(HEALTH, health_words(), strict=True)),
    "state": lambda: [("archived", _("archived"))],
    "needs": lambda: [("review", _("a review")), ("plan", _("work on its plan"))],
}
DOWN_FIRST = {"health", "value", "growth", "potential"}


class AccountFilters:
    """What the address says, checked: a value that does not exist narrows nothing."""

    def __init__(
        self,
        said: Mapping[str, str],
        *,
        user: User,
        keys: list[str],
        counted: bool = False,
        keep: dict[str, str] | None = None,
    ) -> None:
        """`counted` lets archived accounts in that still count; `keep` stays in every address."""
        self.user = user
        self.keep = keep or {}
        self.counted = counted
        self.keys = keys
        self.default_sort = "-value"
        self.asked = said.get("sort", "")
        self.mine = bool(said.get("mine"))
        self.words = " ".join(said.get("q", "").replace("\x00", "").split())[:200]
        self.said = {key: value for key in keys if (value := said.get(key, "").strip())}

    # --- Choices ------------------------------------------------------------------------------

    @cached_property
    def counts(self) -> Counts:
        seen = Account.objects.visible_to(self.user)
        here = Q(archived_at=None)
        words = seen.aggregate(
            regions=ArrayAgg("region", filter=here & ~Q(region=""), distinct=True, default=[]),
            industries=ArrayAgg(
                "industry", filter=here & ~Q(industry=""), distinct=True, default=[]
            ),
            all=Count("pk", filter=here),
            archived=Count("pk", filter=~here),
            key=Count("pk", filter=here & Q(tier=Tier.KEY)),
            mine=Count("pk", filter=here & self._is_mine),
            unbooked=Count("pk", filter=here & is_unbooked()),
            idle=Count("pk", filter=here & is_idle(now())),
        )
        people: dict[str, list[tuple[str, str]]] = {"kam": [], "sponsor": []}
        rows = Membership.objects.visible_to(self.user).filter(
            role__in=people, account__archived_at=None
        )
        invited = ExpressionWrapper(
            Q(user__invitation__isnull=False, user__invitation__accepted_at=None),
            output_field=BooleanField(),
        )
        said = rows.annotate(invited=invited).values_list("role", "user", "user__name", "invited")
        for role, pk, name, is_invited in said.distinct():
            people[role].append((str(pk), invited_words(name) if is_invited else name))
        return Counts(people=people, **words)

    def choices(self, key: str) -> list[tuple[str, str]]:
        """The values and words of one filter."""
        if key in FIXED:
            return FIXED[key]()
        if key in ("region", "industry"):
            texts = self.counts.regions if key == "region" else self.counts.industries
            return [(text, text) for text in sorted(texts, key=folded)]
        return sorted(self.counts.people[key], key=lambda person: folded(person[1]))

    @cached_property
    def chosen(self) -> dict[str, tuple[str, str]]:
        """The filters that hold: key → value and its words."""
        found = {}
        for key, value in self.said.items():
            words = dict(self.choices(key)).get(value)
            if words is not None:
                found[key] = (value, words)
        return found

    # --- Rows ---------------------------------------------------------------------------------

    @property
    def conditions(self) -> dict[str, Q]:
        found = {key: CONDITIONS[key](value) for key, (value, _words) in self.chosen.items()}
        if self.words:
            found["q"] = words_in("fold", self.words)
        if self.mine:
            found["mine"] = self._is_mine
        return found

    def rows(self) -> QuerySet[Account]:
        """What fits, in no order yet; archived ones only where they are asked for."""
        return self._seen.filter(*self.conditions.values())

    def totals(self) -> dict[str, Any]:
        value = "standing__value_now_reporting"
        return self.rows().aggregate(
            count=Count("pk"), value=Sum(value), unscored=Count("pk", filter=Q(**{value: None}))
        )

    def ordered(self) -> QuerySet[Account]:
        down = self.sort.startswith("-")
        by = SORTS[self.sort.lstrip("-")]
        column = F(by) if isinstance(by, str) else by
        first = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
        return self.rows().select_related("standing").order_by(first, "sort_key", "pk")

    @property
    def _seen(self) -> QuerySet[Account]:
        seen = Account.objects.visible_to(self.user)
        if "state" in self.chosen:
            return seen
        return seen.counted() if self.counted else seen.active()

    @property
    def _is_mine(self) -> Q:
        return Q(Exists(Membership.objects.filter(account=OuterRef("pk"), user=self.user)))

    def best_removal(self) -> Removal | None:
        """Of an empty result: the filter without which most is found; none where one is not enough."""
        conditions = {key: q for key, q in self.conditions.items() if key != "state"}
        if len(self.conditions) < 2 or not conditions:
            return None
        without = {
            key: Count("pk", filter=_all(q for other, q in conditions.items() if other != key))
            for key in conditions
        }
        base = self._seen.filter(conditions_of_state(self))
        counted = base.aggregate(**{f"n_{key}": count for key, count in without.items()})
        key = max(conditions, key=lambda name: counted[f"n_{name}"])
        return Removal(self.chip(key), counted[f"n_{key}"]) if counted[f"n_{key}"] else None

    # --- Addresses ----------------------------------------------------------------------------

    @property
    def sort(self) -> str:
        return self.asked if self.asked.lstrip("-") in SORTS else self.default_sort

    @property
    def params(self) -> dict[str, str]:
        found = {key: value for key, (value, _words) in self.chosen.items()} | self.keep
        if self.words:
            found["q"] = self.words
        if self.mine:
            found["mine"] = "1"
        if self.sort != self.default_sort:
            found["sort"] = self.sort
        return found

    @property
    def query(self) -> str:
        return urlencode(self.params)

    def url(self, **changes: str | None) -> str:
        """This list with some of it changed, from its first page; None takes a filter away."""
        params = {key: value for key, value in {**self.params, **changes}.items() if value}
        return "?" + urlencode(params)

    def sort_url(self, column: str) -> str:
        """The other direction for the column that sorts already."""
        first = f"-{column}" if column in DOWN_FIRST else column
        second = column if column in DOWN_FIRST else f"-{column}"
        return self.url(sort=second if self.sort == first else first)

    # --- What the page shows ------------------------------------------------------------------

    @property
    def chips(self) -> list[Chip]:
        shown = [self.chip(key) for key in self.keys]
        return [chip for chip in shown if chip.options or chip.chosen]

    @property
    def mine_off_url(self) -> str:
        return self.url(mine=None)

    @property
    def narrowed(self) -> int:
        return len(self.conditions)

    def heads(self, columns: list[tuple[str, str, str]]) -> list[Head]:
        """From key ("" does not sort), label and class."""
        return [
            Head(label, css, self.sort_url(key) if key else "", self._direction(key))
            for key, label, css in columns
        ]

    def orders(self) -> list[Option]:
        """The orders of a phone, where the heads of the table are hidden."""
        return [
            Option(label, sort, sort == self.sort)
            for sort, label in (
                ("-value", _("Value now, high first")),
                ("growth", _("Growth, low first")),
                ("health", _("Health, low first")),
                ("review", _("Next review, soon first")),
                ("end", _("Contract end, soon first")),
                ("tier", _("Tier")),
                ("name", _("Name")),
            )
        ]

    def _direction(self, key: str) -> str:
        if not key or self.sort.lstrip("-") != key:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def chip(self, key: str) -> Chip:
        if key == "q":
            return Chip("q", _("Text"), self.words, [], self.url(q=None))
        if key == "mine":
            return Chip("mine", _("Team"), _("mine"), [], self.url(mine=None))
        value, words = self.chosen.get(key, ("", ""))
        options = [
            Option(label, self.url(**{key: option}), option == value)
            for option, label in self.choices(key)
        ]
        return Chip(key, label_of(key), words, options, self.url(**{key: None}))


def label_of(key: str) -> str:
    labels = {
        "tier": _("Tier"),
        "class": _("Class"),
        "kam": _("KAM"),
        "sponsor": _("Sponsor"),
        "region": _("Market"),
        "industry": _("Industry"),
        "health": _("Health"),
        "state": _("State"),
        "needs": _("Needs"),
    }
    return labels[key]


def health_words() -> list[str]:
    return [
        pgettext("health", "Good"),
        pgettext("health", "Attention"),
        pgettext("health", "At risk"),
        pgettext("health", "Not scored"),
    ]


def conditions_of_state(account_filters: AccountFilters) -> Q:
    return account_filters.conditions.get("state", Q())


def _all(conditions: Iterator[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found &= condition
    return found
