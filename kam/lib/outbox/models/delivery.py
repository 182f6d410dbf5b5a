"""The ledger of mail: one row a message that somebody must hear, whatever crashes in between."""

import email
import email.policy
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage as RawMessage
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import F, Q

from kam.lib.mail import is_nowhere, with_stable_id
from kam.lib.outbox.models.opt_out import OptOut
from kam.lib.outbox.refusal import Refusal
from kam.lib.outbox.registry import SkipReason, optional, renderers
from kam.lib.outbox.wake import wake_mail

LEASE: timedelta = settings.OUTBOX_LEASE
FIRST_PAUSE: timedelta = settings.OUTBOX_FIRST_PAUSE
GIVE_UP_AFTER = timedelta(days=3)
LONGEST_PAUSE = timedelta(hours=2)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime) -> Self:
        """Waiting, their time has come, no other row tells them, and no living worker holds them."""
        return self.filter(state=Delivery.WAITING, due_at__lte=at, told_with=None).filter(
            Q(lease_until=None) | Q(lease_until__lt=at)
        )

    def gathering(self, kind: str, gathering: str) -> Self:
        """What waits and could go out in one mail for each of its readers; locked in one order."""
        return (
            self.filter(kind=kind, gathering=gathering, state=Delivery.WAITING, message=b"")
            .order_by("pk")
            .select_for_update()
        )

    def claim(self, at: datetime) -> "Delivery | None":
        """The oldest due row, leased to the caller for LEASE; None when nothing is due."""
        with transaction.atomic():
            delivery = (
                self.due(at).order_by("due_at", "id").select_for_update(skip_locked=True).first()
            )
            if delivery is None:
                return None
            delivery.lease = uuid.uuid4()
            delivery.lease_until = at + LEASE
            delivery.attempts += 1
            delivery.save(update_fields=["lease", "lease_until", "attempts"])
            return delivery

    def sent_to(self, user: models.Model, *, since: datetime) -> Self:
        return self.filter(recipient=user.pk, state=Delivery.SENT, sent_at__gte=since)

    def announce(self, deliveries: Iterable["Delivery"]) -> None:
        """Write the rows that are not there yet and wake a worker when the transaction commits."""
        self.bulk_create(deliveries, ignore_conflicts=True)
        wake_mail()


class Delivery(models.Model):
    """Somebody must hear something: unique by kind, subject, recipient and occasion."""

    WAITING, SENT, DROPPED, FAILED = "waiting", "sent", "dropped", "failed"

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, help_text="what it is about, such as review:12")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=80, help_text="why now, such as start and offset")
    gathering = models.CharField(
        max_length=40, blank=True, db_default="", help_text="told in one mail, such as account:12"
    )
    told_with = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="the row whose mail tells it",
    )
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=8,
        default=WAITING,
        choices=[(s, s) for s in (WAITING, SENT, DROPPED, FAILED)],
    )
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True, help_text="the server's own words")
    tried_at = models.DateTimeField(null=True, help_text="when it was refused the last time")
    unsaid = models.CharField(
        max_length=7, blank=True, choices=[(u.value, u.value) for u in SkipReason]
    )
    message_id = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300, blank=True, help_text="the subject line as sent")
    address = models.CharField(max_length=254, blank=True)
    message = models.BinaryField(default=b"", help_text="the bytes as sent, RFC 5322")

    # While it is rendered: the rows that could be told in the same mail, and then those that are.
    company: Sequence["Delivery"] = ()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "recipient", "occasion"], name="delivery_once"
            ),
            models.CheckConstraint(
                condition=Q(state="dropped") & ~Q(unsaid="") | ~Q(state="dropped") & Q(unsaid=""),
                name="delivery_dropped_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="delivery_sent_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(told_with=F("id")), name="delivery_not_told_with_itself"
            ),
        ]
        indexes = [
            models.Index("due_at", "id", name="delivery_due", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} to {self.recipient_id} ({self.state})"

    def render(self, at: datetime) -> bool:
        """Fix the bytes once; False when nothing is to be sent by this worker."""
        if self.message:
            return True
        # Which rows a mail tells and its bytes are written together, or neither.
        with transaction.atomic():
            return self._is_still_mine_to_tell() and self._fix(at)

    def carry(self, rows: Iterable["Delivery"]) -> None:
        """Its mail tells these, too: they are sent when it is. Called by a renderer."""
        self.company = list(rows)
        pks = [row.pk for row in self.company]
        Delivery.objects.filter(pk__in=pks).update(told_with=self.pk)

    def _is_still_mine_to_tell(self) -> bool:
        """Not while another worker takes it along or holds it. `company` could go out with it."""
        if not self.gathering:
            return True
        waiting = Delivery.objects.gathering(self.kind, self.gathering)
        free = [row for row in waiting.filter(recipient=self.recipient_id) if not row.told_with_id]
        self.company = [row for row in free if row.pk != self.pk]
        # Whoever lost the lease takes nothing along: its mail goes out without them.
        return any(row.pk == self.pk and row.lease == self.lease for row in free)

    def _fix(self, at: datetime) -> bool:
        message = self._compose(at)
        if not isinstance(message, EmailMessage):
            self._close(Delivery.DROPPED, unsaid=message)
            return False
        raw: Any = with_stable_id(message).message()
        self.title = " ".join(str(message.subject).split())[:300]
        self.address = message.to[0]
        self.message_id = str(raw["Message-ID"])
        self.message = raw.as_bytes(linesep="\r\n")
        # A worker that lost its lease while rendering keeps silent: there is one message, ever.
        return bool(
            self._mine()
            .filter(message=b"")
            .update(
                title=self.title,
                address=self.address,
                message_id=self.message_id,
                message=self.message,
            )
        )

    def _compose(self, at: datetime) -> EmailMessage | SkipReason:
        mine = OptOut.objects.of_kind(self.kind).filter(user=self.recipient_id)
        if self.kind in optional and mine.exists():
            return SkipReason.STOPPED
        message = renderers[self.kind](self, at)
        if not isinstance(message, EmailMessage):
            return message or SkipReason.OVER
        return SkipReason.NOWHERE if is_nowhere(message.to[0]) else message

    def mark_sent(self, at: datetime) -> None:
        self._close(Delivery.SENT, sent_at=at, last_error="")

    def mark_refused(self, at: datetime, refusal: Refusal) -> None:
        """Given up when the server means it; else again later, with growing pauses, for three days."""
        self.last_error, self.tried_at = refusal.words, at
        words = {"last_error": refusal.words, "tried_at": at}
        if refusal.is_final or (at - self.due_at > GIVE_UP_AFTER and self.attempts > 5):
            self._close(Delivery.FAILED, **words)
            return
        pause = min(FIRST_PAUSE * 2 ** min(self.attempts, 12), LONGEST_PAUSE)
        self._mine().update(lease=None, lease_until=at + pause, **words)

    def raw(self) -> RawMessage:
        """The message as sent, parsed."""
        return email.message_from_bytes(bytes(self.message), policy=email.policy.default)

    def _mine(self) -> DeliveryQuerySet:
        # Another worker may have taken over after the lease ran out: only the holder may write.
        return Delivery.objects.filter(pk=self.pk, lease=self.lease)

    def _close(self, state: str, **also: object) -> None:
        with transaction.atomic():
            if self._mine().update(state=state, lease_until=None, **also):
                self._close_company(state, also)
        self.state = state

    def _close_company(self, state: str, also: dict[str, object]) -> None:
        """What its mail told is sent with it; else each goes its own way again."""
        company = Delivery.objects.filter(told_with=self.pk, state=Delivery.WAITING)
        if state == Delivery.SENT:
            said = {"title": self.title, "address": self.address, "message_id": self.message_id}
            company.update(state=state, lease_until=None, **also, **said)
        else:
            company.update(told_with=None, lease=None, lease_until=None)


class KeptMail(models.Model):
    """A message of an installation without a mail server, for the administrators' outbox page."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    message = models.BinaryField(help_text="RFC 5322")
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = [F("kept_at").desc(), F("id").desc()]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"

    @classmethod
    def of(cls, message: EmailMessage) -> "KeptMail":
        return cls(
            to=", ".join(message.recipients())[:254],
            subject=message.subject[:300],
            message=message.message().as_bytes(),
        )
