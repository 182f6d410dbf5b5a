"""The first day of a company: what makes the site useful, and what of it is there already.

A step is done when its rows exist, however they came; only that somebody skipped it is remembered.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Account, Membership, Product, User
from accounts.models.site import Site
from kam.lib.site import site
from planning.models import Plan
from reviews.models import Series

DONE, SKIPPED, NOW, LATER = "done", "skipped", "now", "later"


@dataclass(frozen=True)
class StepKind:
    """`needs` names the step without which this one has nothing to begin with."""

    key: str
    title: str | Promise
    why: str | Promise
    waits: str | Promise
    url: str
    button: str | Promise
    needs: str = ""


STEPS = [
    StepKind("company", _("Company, currency and calendar"),
         _("Your name on pages and mails, the year and the days that figures count."),
         _("figures count in euros and calendar years"), "accounts:site", _("Fill in the company")),
    StepKind("people", _("People"), _("Who works with the accounts: each gets an invitation by mail."),
         _("nobody can be named KAM or sponsor"), "accounts:user_invite", _("Invite somebody")),
    StepKind("products", _("Products"), _("What you sell, so that potential can be seen."),
         _("white space stays empty"), "accounts:products", _("Add products")),
    StepKind("accounts", _("Bring your accounts"),
         _("From a CRM export or a table; nothing is saved until you have seen the rows."),
         _("there is nothing to choose from"), "integrations:import_add", _("Choose files")),
    StepKind("key", _("Which accounts are key"),
         _("Choose a few: a key account has a plan, a team and reviews."),
         _("no account is expected to have a plan"), "accounts:accounts",
         _("Open the accounts"), needs="accounts"),
    StepKind("team", _("A KAM for each key account"),
         _("The one person answerable for it, and whoever works with them."),
         _("nobody is told what is late"), "accounts:accounts", _("Open the accounts"),
         needs="key"),
    StepKind("plan", _("First plan"), _("Three objectives with an owner and a day are enough."),
         _("progress cannot be seen"), "accounts:accounts", _("Open an account"), needs="key"),
    StepKind("series", _("First review series"),
         _("A day and an hour at which the plan is looked at, with reminders."),
         _("nobody is reminded"), "accounts:accounts", _("Open an account"), needs="key"),
]  # fmt: skip


@dataclass(frozen=True)
class Step:
    kind: StepKind
    number: int
    state: str
    found: int
    url: str
    after: int

    @property
    def words(self) -> str:
        """What is there, what waits while it is skipped, or what it is for."""
        if self.state == DONE:
            return FOUND[self.kind.key](self.found)
        if self.state == SKIPPED:
            return say("Skipped: %(waits)s until then") % {"waits": self.kind.waits}
        return str(self.kind.why)


@dataclass(frozen=True)
class FirstDay:
    steps: list[Step]
    is_hidden: bool

    @property
    def done(self) -> int:
        return sum(step.state == DONE for step in self.steps)

    @property
    def skipped(self) -> int:
        return sum(step.state == SKIPPED for step in self.steps)

    @property
    def is_over(self) -> bool:
        return self.done == len(self.steps)

    @property
    def leads_on(self) -> bool:
        """Worth a place on Today: something is to be done, and nobody put it away."""
        return not self.is_over and not self.is_hidden

    @property
    def now(self) -> Step | None:
        return next((step for step in self.steps if step.state == NOW), None)


def first_day() -> FirstDay:
    """Two queries, whatever there is."""
    here, found = Site.here(), _found()
    steps: list[Step] = []
    for number, kind in enumerate(STEPS, start=1):
        done = bool(found[kind.key])
        after = next((s.number for s in steps if s.kind.key == kind.needs and s.state != DONE), 0)
        if done:
            state = DONE
        elif kind.key in here.skipped_steps:
            state = SKIPPED
        elif after or any(step.state == NOW for step in steps):
            state = LATER
        else:
            state = NOW
        steps.append(Step(kind, number, state, found[kind.key], _url(kind, found), after))
    return FirstDay(steps, here.first_day_hidden)


def _found() -> dict[str, int]:
    """How many rows of each step there are, in one question."""
    key = Account.objects.active().filter(tier="key")
    counts: dict[str, Any] = {
        "people": _count(User.objects.here_or_invited()),
        "products": _count(Product.objects.all()),
        "accounts": _count(Account.objects.active()),
        "key": _count(key),
        "team": _count(Membership.objects.filter(account__in=key.values("pk"), role="kam")),
        "plan": _count(Plan.objects.all()),
        "series": _count(Series.objects.all()),
        "some_key": Subquery(key.order_by("sort_key", "pk").values("pk")[:1]),
        "planless": Subquery(key.filter(plans=None).order_by("sort_key", "pk").values("pk")[:1]),
    }
    row: dict[str, Any] = User.objects.order_by("pk").values(**counts)[:1].get()
    found = {name: number or 0 for name, number in row.items()}
    # The administrator alone is not a team.
    found["people"] = found["people"] if found["people"] > 1 else 0
    return found | {"company": int(site().is_stored)}


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _url(kind: StepKind, found: dict[str, int]) -> str:
    """Straight to the account where there is one to begin with."""
    account = found["planless"] or found["some_key"]
    if kind.key == "key":
        return reverse("accounts:accounts")
    if not found["some_key"]:
        return reverse(kind.url)
    pages = {
        "team": ("accounts:team", found["some_key"]),
        "plan": ("planning:plan", account),
        "series": ("reviews:series_add", found["some_key"]),
    }
    name, *arguments = pages.get(kind.key, (kind.url,))
    return reverse(name, args=arguments)


FOUND: dict[str, Callable[[int], str]] = {
    "company": lambda n: site().heading,
    "people": lambda n: ngettext("%(n)s person", "%(n)s people", n) % {"n": n},
    "products": lambda n: ngettext("%(n)s product", "%(n)s products", n) % {"n": n},
    "accounts": lambda n: ngettext("%(n)s account", "%(n)s accounts", n) % {"n": n},
    "key": lambda n: ngettext("%(n)s key account", "%(n)s key accounts", n) % {"n": n},
    "team": lambda n: ngettext("%(n)s has a KAM", "%(n)s have a KAM", n) % {"n": n},
    "plan": lambda n: ngettext("%(n)s plan", "%(n)s plans", n) % {"n": n},
    "series": lambda n: ngettext("%(n)s series", "%(n)s series", n) % {"n": n},
}
