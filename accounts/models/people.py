"""People of ours: who they are, whom they manage, how they read."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, Lower, TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.names import BY_SURNAME, Named, with_parts
from kam.lib.data import history
from kam.lib.data.folding import folded_columns, words_in
from kam.lib.text.reader import Reader

if TYPE_CHECKING:
    from accounts.models.account import Account

REGIONS = {
    "en": ["en-GB", "en-US", "en-IE"],
    "es": ["es-CO", "es-MX", "es-ES", "es-AR", "es-CL", "es-PE"],
}
# Invited, and not in yet.
INVITED = Q(invitation__isnull=False, invitation__accepted_at=None)


def invited_words(name: str) -> str:
    return gettext("%(name)s (invited)") % {"name": name}


def check_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            _("%(name)s is not a time zone. Write it like America/Bogota."), params={"name": name}
        )


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Colleagues know each other by name; there is nothing of an account in a name."""
        return self.choosable()

    def choosable(self, *, besides: int | None = None) -> Self:
        """Who can be given work, also before they accept their invitation: then their name says
        so where they are chosen. `besides` whoever has it now, even if their access ended."""
        is_invited = models.ExpressionWrapper(INVITED, output_field=models.BooleanField())
        found = self.filter(Q(is_active=True) | INVITED | Q(pk=besides or 0))
        return found.annotate(is_invited=is_invited)

    def here_or_invited(self) -> Self:
        return self.filter(Q(is_active=True) | INVITED)

    def editable_by(self, user: "User") -> Self:
        return self if user.is_admin else self.filter(pk=user.pk)

    def by_name(self) -> Self:
        """By family name, as a list of people is looked through."""
        return self.order_by(BY_SURNAME, "pk")

    def matching(self, text: str) -> Self:
        """Every word somewhere in name, title or address, with or without its accents."""
        named = self.alias(folded=folded_columns("name", "family_names", "title", "email"))
        return named.filter(words_in("folded", text))

    def came_in(self) -> Self:
        """Those whose invitation is not open: they accepted it, or needed none."""
        return self.exclude(INVITED)

    def active(self) -> Self:
        return self.filter(is_active=True)

    def administrators(self) -> Self:
        return self.active().filter(is_admin=True)

    def on_team_of(self, account: "Account") -> Self:
        return self.filter(memberships__account=account)

    def ever_on_team_of(self, account: "Account") -> Self:
        """Also those who left it: the history knows them."""
        from accounts.models.team import Membership

        events = Membership.pgh_event_model.objects  # type: ignore[attr-defined]  # django-pghistory adds it
        return self.filter(pk__in=events.filter(account=account.pk).values("user_id"))

    def near(self, person: "User") -> Self:
        """Whoever may take something over: on a team with the person, their manager, their peers."""
        shared = models.Q(memberships__account__memberships__user=person)
        peers = models.Q(pk=person.manager_id or 0) | models.Q(
            manager=person.manager_id or 0, manager__isnull=False
        )
        return self.filter(pk__in=User.objects.filter(shared | peers).values("pk"))

    def not_far_below(self, person: "User") -> Self:
        """Without those who report to somebody below: they cannot be above them as well."""
        return self.exclude(Q(above__manager=person) & ~Q(manager=person))

    def for_administration(self) -> Self:
        """With what the list of people says about each of them."""
        from accounts.models.session import SessionNote
        from accounts.models.team import Membership

        # Counted person by person: joined, every account of everybody would be sorted.
        mine = Membership.objects.filter(user=OuterRef("pk")).order_by().values("user")
        notes = SessionNote.objects.filter(user=OuterRef("pk")).order_by("-seen_on")
        number = models.Count("pk")
        return self.select_related("manager", "invitation").annotate(
            account_count=Coalesce(Subquery(mine.annotate(n=number).values("n")), 0),
            kam_count=Coalesce(Subquery(mine.filter(role="kam").annotate(n=number).values("n")), 0),
            seen_on=Greatest(Subquery(notes.values("seen_on")[:1]), TruncDate("last_login")),
        )

    def forget_rails(self) -> None:
        """Their rail (accounts, counts) is drawn anew at their next page."""
        self.update(rail_day=None)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # a choice of records
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        language = fields.get("language", "")
        fields |= with_parts(fields, None, language)
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.get(email__iexact=username)
        return user


@history.tracked(exclude=["password", "last_login", "rail", "rail_day"])
class User(Named, AbstractBaseUser):
    """A person of ours who can sign in."""

    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=120)
    title = models.CharField(_("Title"), max_length=120, blank=True)
    manager = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("Manager"),
    )
    is_admin = models.BooleanField(_("Administrator"), default=False)
    sees_portfolio = models.BooleanField(_("Sees every account"), default=False)
    is_active = models.BooleanField(_("Can sign in"), default=True)
    language = models.CharField(
        _("Language"), max_length=2, default="en", choices=[("en", "English"), ("es", "Español")]
    )
    region = models.CharField(
        _("Region"),
        max_length=5,
        default="en-GB",
        choices=[(r, r) for rs in REGIONS.values() for r in rs],
    )
    time_zone = models.CharField(
        _("Time zone"), max_length=40, default="Europe/Berlin", validators=[check_time_zone]
    )
    theme = models.CharField(
        max_length=6,
        default="auto",
        choices=[("auto", _("As my device")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    density = models.CharField(
        max_length=11,
        default="compact",
        choices=[("compact", _("Compact")), ("comfortable", _("Comfortable"))],
    )
    # What the rail shows, kept with the person so that a page asks no query for its frame.
    rail = models.JSONField(default=dict, blank=True)
    rail_day = models.DateField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=~Q(manager=models.F("id")), name="user_not_own_manager"
            ),
        ]

    def __str__(self) -> str:
        return invited_words(self.name) if getattr(self, "is_invited", False) else self.name

    def get_short_name(self) -> str:
        return self.names.called or self.email

    @property
    def came_in(self) -> bool:
        """Not: invited, and the invitation is open."""
        invitation = None if self.is_active else getattr(self, "invitation", None)
        return invitation is None or invitation.accepted_at is not None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def reader(self) -> Reader:
        return Reader(language=self.language, region=self.region, time_zone=self.time_zone)

    def today(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def at_local(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone)

    def report_to(self, manager: "User | None", *, by: "User") -> None:
        """Change the manager; refused when the new manager reports to this person."""
        with history.action("person.manager", by=by.pk):
            Management.objects.lock()
            if manager:
                self._refuse_ring(manager)
            self.manager = manager
            self.save(update_fields=["manager"])
            Management.objects.rebuild()
            User.objects.all().forget_rails()

    def _refuse_ring(self, manager: "User") -> None:
        if manager.pk == self.pk:
            raise ValidationError({"manager": _("Nobody manages themselves. Choose another one.")})
        if Management.objects.filter(manager=self, report=manager).exists():
            words = _("%(name)s reports to %(me)s already. Choose somebody above.")
            raise ValidationError({"manager": words % {"name": manager.name, "me": self.name}})

    def administer(self, *, by: "User", **fields: Any) -> None:
        """What an administrator changes about a person; only what differs is written."""
        with history.action("person.change", by=by.pk):
            if "manager" in fields:
                self.report_to(fields.pop("manager"), by=by)
            if fields.get("is_admin") is False:
                self._leave_an_administrator()
            self._write(fields)
            User.objects.filter(pk=self.pk).forget_rails()

    def disable(self, *, by: "User") -> None:
        """Nothing is deleted; nobody is signed in as this person from now on."""
        with history.action("person.disable", by=by.pk):
            self._leave_an_administrator()
            self.is_active = False
            self.save(update_fields=["is_active"])
            self.session_notes.all().end()

    def enable(self, *, by: "User") -> None:
        with history.action("person.enable", by=by.pk):
            self.is_active = True
            self.save(update_fields=["is_active"])

    def _leave_an_administrator(self) -> None:
        """Two administrators who remove each other wait here for one another."""
        admins = User.objects.administrators().order_by("pk").select_for_update()
        if all(admin.pk == self.pk for admin in admins):
            raise ValidationError(
                _("%(name)s is the last administrator. Make somebody else one first.")
                % {"name": self.name}
            )

    def change_settings(self, **fields: Any) -> None:
        """Language, region, time zone and looks, by the person."""
        with history.action("person.settings", by=self.pk):
            self._write(fields)

    def _write(self, fields: dict[str, Any]) -> None:
        fields = with_parts(fields, self)
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))

    def rename(self, name: str) -> None:
        """Within the action of whoever calls."""
        self._write({"name": name})

    def choose_look(self, *, theme: str | None = None, density: str | None = None) -> None:
        with history.action("person.look", by=self.pk):
            self.theme = theme or self.theme
            self.density = density or self.density
            self.save(update_fields=["theme", "density"])


class ManagementManager(models.Manager["Management"]):
    def lock(self) -> None:
        """Until the end of the action nobody else changes a manager; reading goes on."""
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE accounts_management IN SHARE ROW EXCLUSIVE MODE")

    def rebuild(self) -> None:
        """Everybody above everybody, from the managers; a ring stops at its first repetition."""
        with transaction.atomic(), connection.cursor() as cursor:
            self.lock()
            cursor.execute("DELETE FROM accounts_management")
            cursor.execute(
                """
                INSERT INTO accounts_management (manager_id, report_id)
                WITH RECURSIVE up (manager_id, report_id) AS (
                    SELECT manager_id, id FROM accounts_user WHERE manager_id IS NOT NULL
                    UNION
                    SELECT u.manager_id, up.report_id FROM up JOIN accounts_user u ON u.id = up.manager_id
                    WHERE u.manager_id IS NOT NULL
                )
                SELECT manager_id, report_id FROM up WHERE manager_id <> report_id
                """
            )


class Management(models.Model):
    """The closure of the managers: one row for each person and everybody above them."""

    manager = models.ForeignKey(User, models.CASCADE, related_name="below")
    report = models.ForeignKey(User, models.CASCADE, related_name="above")

    objects = ManagementManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["manager", "report"], name="management_once")
        ]

    def __str__(self) -> str:
        return f"{self.manager_id} above {self.report_id}"


def faces(people: Iterable[User], most: int = 5) -> list[User]:
    """The first few different people, for a row of faces."""
    return list(dict.fromkeys(people))[:most]
