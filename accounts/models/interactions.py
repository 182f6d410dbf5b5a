"""What happened between one of ours and one of theirs: entered once, it moves every figure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account, changing
from accounts.models.people import User
from accounts.models.rights import EDIT, of_readable
from accounts.models.stakeholders import Stakeholder
from accounts.models.ties import Acquaintance, Level
from kam.lib.data import history

NOTE_LENGTH = 10_000
HEADLINE = 140
# Clocks differ a little; an hour to come is a plan, not an interaction.
CLOCKS_DIFFER = timedelta(minutes=10)


class Kind(models.TextChoices):
    CALL = "call", _("Call")
    MEETING = "meeting", _("Meeting")
    VISIT = "visit", _("Visit")
    EMAIL = "email", _("E-mail")
    MESSAGE = "message", _("Message")
    VIDEO = "video", _("Video")
    EVENT = "event", _("Event")
    NOTE = "note", _("Note")


ICONS = {
    Kind.CALL: "phone", Kind.MEETING: "users", Kind.VISIT: "map-pin", Kind.EMAIL: "mail",
    Kind.MESSAGE: "message-square", Kind.VIDEO: "video", Kind.EVENT: "presentation",
    Kind.NOTE: "file-text",
}  # fmt: skip


class InteractionQuerySet(models.QuerySet["Interaction"]):
    def visible_to(self, user: User) -> Self:
        return of_readable(self, user)

    def editable_by(self, user: User) -> Self:
        return of_readable(self, user, EDIT)

    def of_account(self, account: Account) -> Self:
        return self.filter(account=account)

    def with_person(self, person: Stakeholder) -> Self:
        return self.filter(their_parts__stakeholder=person)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def by_author(self, user: User) -> Self:
        return self.filter(our_parts__user=user)

    def contacts(self) -> Self:
        """Everything but our own notes."""
        return self.exclude(kind=Kind.NOTE)

    def two_way(self) -> Self:
        return self.filter(is_two_way=True)

    def since(self, at: datetime) -> Self:
        return self.filter(at__gte=at)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def before(self, at: datetime, pk: int) -> Self:
        """What comes after this one in a list with the newest first."""
        return self.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))

    def for_list(self) -> Self:
        """With both sides: three queries whatever the rows."""
        theirs = TheirPart.objects.select_related("stakeholder").order_by("pk")
        ours = OurPart.objects.select_related("user").order_by("pk")
        return self.select_related("account", "author").prefetch_related(
            Prefetch("their_parts", theirs), Prefetch("our_parts", ours)
        )


@history.tracked()
class Interaction(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    kind = models.CharField(_("How"), max_length=7, choices=Kind.choices)
    at = models.DateTimeField(_("When"))
    note = models.CharField(_("What was said"), max_length=NOTE_LENGTH, blank=True)
    is_two_way = models.BooleanField(_("Both sides took part"), default=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Made with the form: a form that is sent twice is logged once.
    token = models.UUIDField(default=uuid4)

    objects = InteractionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["account", "-at", "-id"], name="interaction_newest"),
            models.Index(fields=["-at", "-id"], name="interaction_newest_of_all"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "token"], name="interaction_once"),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="interaction_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.NOTE) | Q(is_two_way=False), name="interaction_note_is_ours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"

    @cached_property
    def theirs(self) -> list[Stakeholder]:
        return [part.stakeholder for part in self.their_parts.all()]

    @cached_property
    def ours(self) -> list[User]:
        return [part.user for part in self.our_parts.all()]

    @property
    def their_names(self) -> str:
        return ", ".join(person.name for person in self.theirs)

    @property
    def our_names(self) -> str:
        return ", ".join(user.get_short_name() for user in self.ours)

    @property
    def icon(self) -> str:
        return ICONS[Kind(self.kind)]

    @property
    def is_unanswered(self) -> bool:
        return not self.is_two_way and self.kind != Kind.NOTE

    @property
    def headline(self) -> str:
        """The first line, as long as it is short; else the beginning of it."""
        line = self.note.strip().split("\n", 1)[0]
        return line if len(line) <= HEADLINE else line[: HEADLINE - 1].rsplit(" ", 1)[0] + "…"

    @property
    def rest(self) -> str:
        """What the headline leaves out: everything when it had to be cut."""
        first, _line_end, rest = self.note.strip().partition("\n")
        return rest.strip() if len(first) <= HEADLINE else self.note.strip()

    @classmethod
    def log(
        cls,
        account: Account,
        *,
        by: User,
        theirs: Sequence[Stakeholder],
        ours: Sequence[User] = (),
        **fields: Any,
    ) -> tuple["Interaction", bool]:
        """Keep it and move the last contact of everybody in it; False when it was kept before."""
        if any(person.account_id != account.pk for person in theirs):
            raise ValidationError({"theirs": _("Choose people of one account.")})
        token = fields.pop("token", None) or uuid4()
        fields["is_two_way"] = fields.get("is_two_way", True) and fields["kind"] != Kind.NOTE
        with changing(account.pk, "interaction.log", by=by.pk):
            logged, new = cls.objects.get_or_create(
                author=by, token=token, defaults={"account": account, **fields}
            )
            if new:
                logged._take_part(theirs, ours or [by])
        return logged, new

    def _take_part(self, theirs: Sequence[Stakeholder], ours: Sequence[User]) -> None:
        key = {"interaction": self, "account_id": self.account_id}
        TheirPart.objects.bulk_create(
            TheirPart(stakeholder=p, **key) for p in dict.fromkeys(theirs)
        )
        OurPart.objects.bulk_create(OurPart(user=user, **key) for user in dict.fromkeys(ours))
        if self.kind == Kind.NOTE:
            return
        # Greatest, so that an older meeting entered late does not move the last contact back.
        last: dict[str, Any] = {"last_contact_at": _later("last_contact_at", self.at)}
        if self.is_two_way:
            last["last_two_way_at"] = _later("last_two_way_at", self.at)
            self._become_acquainted(theirs, ours)
        Stakeholder.objects.filter(pk__in=[p.pk for p in theirs]).update(**last)

    def _become_acquainted(self, theirs: Sequence[Stakeholder], ours: Sequence[User]) -> None:
        """Who spoke with each other knows each other: at least as a contact."""
        pairs = Acquaintance.objects.filter(user__in=ours, stakeholder__in=theirs, level=Level.NONE)
        pairs.update(level=Level.CONTACT)
        Acquaintance.objects.bulk_create(
            [
                Acquaintance(account_id=self.account_id, user=u, stakeholder=p, level=Level.CONTACT)
                for u in dict.fromkeys(ours)
                for p in dict.fromkeys(theirs)
            ],
            ignore_conflicts=True,
        )

    def take_back(self, *, by: User) -> None:
        """It did not happen: the last contacts are what the remaining interactions say."""
        with changing(self.account_id, "interaction.take_back", by=by.pk):
            keys = list(
                TheirPart.objects.filter(interaction=self).values_list("stakeholder", flat=True)
            )
            people = Stakeholder.objects.filter(pk__in=keys)
            list(people.order_by("pk").select_for_update(no_key=True))
            Interaction.objects.filter(pk=self.pk).delete()
            people.update(
                last_contact_at=_last(Interaction.objects.contacts()),
                last_two_way_at=_last(Interaction.objects.contacts().two_way()),
            )


def _later(column: str, at: datetime) -> Any:
    return Greatest(Coalesce(F(column), at), at)


def _last(kept: InteractionQuerySet) -> Any:
    mine = kept.filter(their_parts__stakeholder=OuterRef("pk")).order_by()
    return Subquery(mine.values("their_parts__stakeholder").annotate(last=Max("at")).values("last"))


@history.tracked()
class TheirPart(models.Model):
    """One of theirs in an interaction."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="their_parts")
    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="parts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interaction", "stakeholder"], name="their_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} in {self.interaction_id}"


@history.tracked()
class OurPart(models.Model):
    """One of ours in an interaction."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="our_parts")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interaction", "user"], name="our_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.interaction_id}"


def contacts_by_person(account: Account, since: datetime) -> dict[int, int]:
    """How often each of theirs was in a contact since then; who never was is missing."""
    met = TheirPart.objects.filter(account=account, interaction__at__gte=since)
    counted = met.exclude(interaction__kind=Kind.NOTE).values("stakeholder").annotate(n=Count("pk"))
    return {row["stakeholder"]: row["n"] for row in counted}
