"""The client account: the thing every plan, review and figure hangs on."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import (
    BigIntegerField,
    Count,
    ExpressionWrapper,
    F,
    Func,
    Max,
    Prefetch,
    Q,
    Sum,
)
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.rights import EDIT, LEAD, deputised, of_readable, readable_accounts
from accounts.models.trees import ids_below, makes_ring, one_mover_at_a_time
from kam.lib.data import history
from kam.lib.data.folding import folded, folded_columns, matching
from kam.lib.data.seen import compare_and_set_all
from kam.lib.data.sorting import SortKey
from kam.lib.text.reader import language_locale
from kam.lib.web import live
from kam.lib.web.addresses import address_of
from kam.lib.web.regions.models import House

if TYPE_CHECKING:
    from accounts.models.team import Membership


class Tier(models.TextChoices):
    CANDIDATE = "candidate", _("Candidate")
    WATCHLIST = "watchlist", _("Watchlist")
    KEY = "key", _("Key account")
    STEPPING_DOWN = "stepping_down", _("Stepping down")
    FORMER = "former", _("Former")


# Which accounts a portfolio sums: all that are not archived, and of the archived those that bought
# in the last 24 months, for who left is part of growth and retention. Ask for it with `counted()`.
COUNTED = (
    Q(archived_at=None) | Q(standing__value_now__isnull=False) | Q(standing__months_before__gt=0)
)


def _among(accounts: "models.QuerySet[Account, Any] | list[int]") -> ExpressionWrapper[Any]:
    return ExpressionWrapper(Q(pk__in=accounts), output_field=models.BooleanField())


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user, account="pk")

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT, account="pk")

    def led_by(self, user: User) -> Self:
        """Where the person decides about the team."""
        return of_readable(self, user, LEAD, account="pk")

    def active(self) -> Self:
        return self.filter(archived_at=None)

    def counted(self) -> Self:
        return self.filter(COUNTED)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def chosen(self, ids: "Iterable[int] | models.QuerySet[Any, Any]") -> Self:
        return self.filter(pk__in=ids)

    def below(self, account: "Account") -> Self:
        """The companies of its group that stand under it, at any depth."""
        return self.filter(pk__in=ids_below(Account, account.pk))

    def named_like(self, name: str) -> Self:
        """The same name but for case, accents and spaces."""
        return self.annotate(bare=folded_columns("name")).filter(
            bare=folded(" ".join(name.split()))
        )

    def matching(self, words: str) -> Self:
        """Every word somewhere in name, industry, city or market, accents and case apart."""
        return matching(self, words)

    def of_team(self, user: User) -> Self:
        """The accounts the person works on, not those they only may see."""
        return self.filter(
            models.Q(memberships__user=user) | models.Q(memberships__in=deputised(user))
        ).distinct()

    def watched_by(self, user: User) -> Self:
        """Those of the KAMs below the person, those they sponsor, and their own."""
        below = models.Q(memberships__role="kam", memberships__user__above__manager=user)
        own = models.Q(memberships__role__in=["kam", "sponsor"], memberships__user=user)
        return self.filter(pk__in=Account.objects.filter(below | own).values("pk"))

    def by_name(self) -> Self:
        return self.order_by("sort_key", "pk")

    def with_sight(self, user: User) -> Self:
        """With the rights of the person and the number of the house: all that a kept page needs."""
        return self.annotate(
            may_edit=_among(readable_accounts(user, EDIT)),
            may_lead=_among(readable_accounts(user, LEAD)),
            house=House.current(),
        )

    def fingerprint(self) -> tuple[object, ...]:
        """Another one as soon as one of these accounts changes, comes or goes; one query."""
        numbers = Func(
            "pk", "revision", function="hashint8extended", output_field=BigIntegerField()
        )
        found = self.order_by().aggregate(
            count=Count("pk"), numbers=Sum(numbers), house=Max(House.current())
        )
        return tuple(found.values())

    def with_team(self) -> Self:
        from accounts.models.team import Membership

        return self.prefetch_related(
            Prefetch("memberships", Membership.objects.in_order(), to_attr="team")
        )


@history.tracked(exclude=["revision", "fold", "sort_key"])
class Account(models.Model):
    name = models.CharField(_("Name"), max_length=200)
    industry = models.CharField(_("Industry"), max_length=120, blank=True)
    city = models.CharField(_("City"), max_length=120, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    region = models.CharField(_("Market"), max_length=80, blank=True)
    # What every CRM knows of a company; `turnover` is a year's, in the account's currency.
    website = models.CharField(_("Website"), max_length=200, blank=True, db_default="")
    phone = models.CharField(_("Phone"), max_length=40, blank=True, db_default="")
    tax_number = models.CharField(_("Tax number"), max_length=40, blank=True, db_default="")
    street = models.CharField(_("Street"), max_length=200, blank=True, db_default="")
    postal_code = models.CharField(_("Postal code"), max_length=20, blank=True, db_default="")
    state = models.CharField(_("State or province"), max_length=120, blank=True, db_default="")
    employees = models.PositiveIntegerField(_("Employees"), null=True, blank=True)
    turnover = models.DecimalField(
        _("Yearly turnover"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Belongs to"),
    )
    tier = models.CharField(_("Tier"), max_length=13, choices=Tier.choices, default=Tier.CANDIDATE)
    service_class = models.CharField(
        _("Service class"), max_length=1, blank=True, choices=[("A", "A"), ("B", "B"), ("C", "C")]
    )
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    # Raised by every action on the account; pages drawn from it are cached under this number.
    revision = models.PositiveBigIntegerField(default=1)
    fold = models.GeneratedField(
        expression=folded_columns("name", "industry", "city", "region"),
        output_field=models.TextField(),
        db_persist=True,
    )
    sort_key = models.GeneratedField(
        expression=SortKey("name"), output_field=models.TextField(db_collation="C"), db_persist=True
    )

    objects = AccountQuerySet.as_manager()

    # Only after `with_team()` and `with_sight()`.
    may_edit: bool
    may_lead: bool
    house: int | None

    class Meta:
        indexes = [models.Index(fields=["sort_key", "id"], name="account_by_name")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="account_has_name"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="account_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex="^[A-Z]{2}$"),
                name="account_country_code",
            ),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="account_currency_code"
            ),
            models.CheckConstraint(
                condition=Q(turnover=None) | Q(turnover__gte=0),
                name="account_turnover_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("account", self.pk)

    @property
    def sight(self) -> tuple[object, ...]:
        """What a page of this account is made from, as its person may see it."""
        return (self.pk, self.revision, self.house, self.may_edit, self.may_lead)

    @property
    def health(self) -> Any:
        """Whole, 0 to 100; None is not scored. Ask for the standing with the account."""
        standing = getattr(self, "standing", None)
        return standing.health if standing else None

    @property
    def address(self) -> list[str]:
        """Street, town with its code, state: the lines that are known."""
        town = " ".join(filter(None, (self.postal_code, self.city)))
        return [line for line in (self.street, town, self.state) if line]

    @property
    def country_name(self) -> str:
        """In the reader's language."""
        return str(language_locale().territories.get(self.country, self.country))

    @property
    def website_url(self) -> str:
        """The website as a link; nothing where it is no web address."""
        if not self.website or " " in self.website:
            return ""
        site = self.website if "://" in self.website else f"https://{self.website}"
        return site if site.startswith(("https://", "http://")) else ""

    @cached_property
    def team(self) -> list["Membership"]:
        """The memberships in order; one query, none after `with_team()`."""
        from accounts.models.team import Membership

        return list(Membership.objects.filter(account=self).in_order())

    @property
    def kam(self) -> User | None:
        return next((m.user for m in self.team if m.role == "kam"), None)

    @property
    def sponsor(self) -> User | None:
        return next((m.user for m in self.team if m.role == "sponsor"), None)

    def add_member(self, user: User, role: str, *, right: str = EDIT, by: User) -> "Membership":
        """Put a person on the team; once more only changes role and right. A KAM always leads."""
        from accounts.models.team import Membership

        right = LEAD if role == "kam" else right
        with changing(self.pk, "team.add", by=by.pk):
            membership, _created = Membership.objects.update_or_create(
                account=self, user=user, defaults={"role": role, "right": right}
            )
            User.objects.filter(pk=user.pk).forget_rails()
        with suppress(AttributeError):
            del self.team
        return membership

    def give_kam(self, user: User, *, by: User) -> None:
        """The person leads from now on; whoever did so stays on the team and may still edit."""
        from accounts.models.team import Membership, Role

        named = {m.role: m for m in Membership.objects.of_account(self).named()}
        sponsor = named.get(Role.SPONSOR)
        if kam := named.get(Role.KAM):
            if kam.user_id != user.pk:
                kam.hand_over(user, by=by)
        elif sponsor and sponsor.user_id == user.pk:
            raise ValidationError({"kam": sponsor.named_already(user)})
        else:
            self.add_member(user, Role.KAM, by=by)

    @classmethod
    def open(
        cls, *, by: User, at: datetime, on: date, kam: User | None = None, **fields: Any
    ) -> "Account":
        """A new account with its first tier on record, and its KAM, who leads it."""
        from accounts.models.standing import refresh
        from accounts.models.tiers import TierChange

        with history.action("account.add", by=by.pk):
            account = cls.objects.create(**fields)
            with history.about(account=account.pk):
                TierChange.objects.create(account=account, to_tier=account.tier, on=on, by=by)
                if kam:
                    account.add_member(kam, "kam", right=LEAD, by=by)
                refresh([account.pk], at=at)
        return account

    def change(
        self, *, by: User, at: datetime, seen: dict[str, Any] | None = None, **fields: Any
    ) -> None:
        """Write the given fields where nobody was faster; below itself in a group is refused."""
        from accounts.models.standing import refresh

        with changing(self.pk, "account.change", by=by.pk):
            if parent := fields.get("parent"):
                one_mover_at_a_time(Account)
                if makes_ring(Account, self.pk, parent.pk):
                    raise ValidationError({"parent": group_ring_words(self.name, parent.name)})
            compare_and_set_all(Account.objects.all(), self, seen=seen, values=fields)
            if "currency" in fields:
                refresh([self.pk], at=at)

    def change_tier(self, tier: str, *, reason: str, on: date, by: User) -> None:
        """The decision with its day and reason; the tier it has already is no decision."""
        from accounts.models.tiers import TierChange

        with changing(self.pk, "account.tier", by=by.pk):
            before = (
                Account.objects.select_for_update().values_list("tier", flat=True).get(pk=self.pk)
            )
            if before != tier:
                TierChange.objects.create(
                    account=self, from_tier=before, to_tier=tier, reason=reason, on=on, by=by
                )
                Account.objects.filter(pk=self.pk).update(tier=tier)
        self.tier = tier

    def archive(self, *, by: User, at: datetime) -> None:
        if self.archived_at:
            return
        with changing(self.pk, "account.archive", by=by.pk):
            self.archived_at = at
            self.save(update_fields=["archived_at"])

    def restore(self, *, by: User) -> None:
        if not self.archived_at:
            return
        with changing(self.pk, "account.restore", by=by.pk):
            self.archived_at = None
            self.save(update_fields=["archived_at"])


def group_ring_words(name: str, parent: str) -> str:
    return _("%(parent)s belongs to %(name)s already. Choose a company above it.") % {
        "parent": parent,
        "name": name,
    }


@contextmanager
def changing(account_id: int, action: str, *, by: int | None) -> Iterator[None]:
    """One action on an account: history under its name, and a new revision for cached pages."""
    with history.action(action, by=by, account=account_id):
        yield
        Account.objects.filter(pk=account_id).update(revision=F("revision") + 1)
        transaction.on_commit(lambda: live.changed(f"account:{account_id}"))
        forget_rails_of([account_id])


def raise_revisions(account_ids: Iterable[int]) -> None:
    """Every kept page of these accounts is of the past; for what changes many of them at once."""
    Account.objects.filter(pk__in=account_ids).update(revision=F("revision") + 1)


def forget_rails_of(account_ids: Iterable[int]) -> None:
    """Whoever works on these accounts, deputies too, sees new counts at their next page."""
    ids = list(account_ids)
    team = User.objects.filter(memberships__account__in=ids).values("pk")
    deputies = User.objects.filter(deputising__account__in=ids).values("pk")
    User.objects.filter(pk__in=team.union(deputies)).exclude(rail_day=None).forget_rails()
