"""The way in: somebody is invited by mail, opens the link once, and sets name and password."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, models, transaction
from django.db.models import F, ProtectedError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Management, User
from accounts.models.team import NAMED
from kam.lib.data import history
from kam.lib.outbox.models import Delivery

OPEN_FOR = timedelta(days=7)
KIND = "invitation"
signer = Signer(salt="accounts.invitation")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_admin else self.none()

    def editable_by(self, user: User) -> Self:
        return self.visible_to(user)

    def open(self) -> Self:
        """Not accepted; its link may have run out and wait to be sent again."""
        return self.filter(accepted_at=None)

    def for_page(self) -> Self:
        return self.select_related("user", "by")


class Invitation(models.Model):
    """One for each person who came by invitation; `serial` tells its latest link from older ones."""

    user = models.OneToOneField(User, models.CASCADE, related_name="invitation")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    serial = models.PositiveSmallIntegerField(default=1)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(accepted_at__gte=F("sent_at")),
                name="invitation_accepted_after_sent",
            )
        ]

    def __str__(self) -> str:
        return f"invitation of {self.user_id}"

    @classmethod
    def of_token(cls, token: str, at: datetime) -> "Invitation | None":
        """The invitation of a link, while the link is the latest one, unused and young enough."""
        try:
            pk, serial = signer.unsign_object(token)
        except (BadSignature, ValueError, TypeError):
            return None
        found = cls.objects.open().filter(pk=pk, serial=serial, sent_at__gt=at - OPEN_FOR)
        return found.for_page().first()

    @classmethod
    def invite(cls, *, by: User, at: datetime, **fields: Any) -> "Invitation":
        """A person who cannot sign in yet, and a link on its way to them."""
        try:
            with history.action("person.invite", by=by.pk):
                user = User.objects.create_user(is_active=False, **fields)
                Management.objects.rebuild()
                invitation = cls.objects.create(user=user, by=by, sent_at=at)
                invitation.announce(at)
        except IntegrityError as error:
            raise ValidationError(
                {"email": _("Somebody with this address is here already.")}
            ) from error
        return invitation

    @property
    def link(self) -> str:
        token = signer.sign_object([self.pk, self.serial], compress=True)
        return reverse("accounts:invitation", args=[token])

    @property
    def occasion(self) -> str:
        return f"link {self.serial}"

    @property
    def ends_at(self) -> datetime:
        return self.sent_at + OPEN_FOR

    def is_over(self, at: datetime) -> bool:
        return self.ends_at <= at

    def send_again(self, *, by: User, at: datetime) -> None:
        """A new link for seven days; the old one opens nothing any more."""
        with history.action("person.invite_again", by=by.pk):
            raised = Invitation.objects.open().filter(pk=self.pk)
            if raised.update(serial=F("serial") + 1, sent_at=at):
                self.refresh_from_db(fields=["serial", "sent_at"])
                self.announce(at)

    def withdraw(self, *, by: User) -> None:
        """Undo it: the person was never here. What names them already keeps the name, without
        access; work that they were given goes over to somebody before (accounts/users/offboarding.py)."""
        with history.action("person.uninvite", by=by.pk):
            if not Invitation.objects.open().filter(pk=self.pk).exists():
                return
            for member in self.user.memberships.exclude(role__in=NAMED):
                member.leave(by=by)
            try:
                with transaction.atomic():
                    self.user.delete()
            except ProtectedError:
                Invitation.objects.open().filter(pk=self.pk).delete()

    def accept(self, *, name: str, password: str, at: datetime) -> bool:
        """Set name and password and open the door; False when somebody was faster."""
        with history.action("person.accept", by=self.user_id):
            mine = Invitation.objects.open().filter(pk=self.pk, serial=self.serial)
            if not mine.update(accepted_at=at):
                return False
            self.user.is_active = True
            self.user.set_password(password)
            self.user.save(update_fields=["is_active", "password"])
            if name != self.user.name:
                self.user.rename(name)
        return True

    def announce(self, at: datetime) -> None:
        Delivery.objects.announce(
            [
                Delivery(
                    kind=KIND,
                    subject=f"invitation:{self.pk}",
                    recipient=self.user,
                    occasion=self.occasion,
                    due_at=at,
                )
            ]
        )
