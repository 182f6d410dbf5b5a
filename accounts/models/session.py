"""Where a person is signed in. Django keeps the sessions; a note beside each tells its owner which."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Self

from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Exists, Func, OuterRef

from accounts.models.people import User
from kam.lib.site import site

KEEP = timedelta(days=8)


def hash_of(session_key: str) -> str:
    """What stands in a note for the key: who reads the notes cannot become the person."""
    return hashlib.sha256(session_key.encode()).hexdigest()


class KeyHash(Func):
    """The same hash, computed by the database from the session's key."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = models.CharField()


class SessionNoteQuerySet(models.QuerySet["SessionNote"]):
    def visible_to(self, user: User) -> Self:
        """Everybody sees their own, and nobody else's."""
        return self.filter(user=user)

    def editable_by(self, user: User) -> Self:
        return self.filter(user=user)

    def live(self, at: datetime) -> Self:
        """Whose session is still there, the latest first."""
        sessions = Session.objects.filter(expire_date__gt=at).annotate(hash=KeyHash("session_key"))
        return self.filter(Exists(sessions.filter(hash=OuterRef("key_hash")))).order_by(
            "-started_at"
        )

    def of_key(self, session_key: str) -> Self:
        return self.filter(key_hash=hash_of(session_key))

    def but(self, session_key: str | None) -> Self:
        return self.exclude(key_hash=hash_of(session_key or ""))

    def end(self) -> None:
        """Sign these devices out, on the server."""
        with transaction.atomic():
            hashes = list(self.values_list("key_hash", flat=True))
            Session.objects.annotate(hash=KeyHash("session_key")).filter(hash__in=hashes).delete()
            self.model.objects.filter(key_hash__in=hashes).delete()

    def note(self, user: User, key: str, *, agent: str, address: str | None, at: datetime) -> str:
        """Write down that this session is the person's; once more only brings it up to date."""
        digest = hash_of(key)
        facts = {"user": user, "agent": agent[:300], "address": address, "seen_on": local_day(at)}
        self.update_or_create(
            key_hash=digest, defaults=facts, create_defaults=facts | {"started_at": at}
        )
        return digest

    def forget_old(self, at: datetime) -> None:
        """Sessions and notes that ended by themselves."""
        Session.objects.filter(expire_date__lt=at).delete()
        self.filter(started_at__lt=at - KEEP).delete()


class SessionNote(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="session_notes")
    key_hash = models.CharField(max_length=64, unique=True)
    agent = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    started_at = models.DateTimeField()
    seen_on = models.DateField(help_text="a day is exact enough, and one write a day")

    objects = SessionNoteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "seen_on"], name="session_note_of_user")]

    def __str__(self) -> str:
        return f"session of {self.user_id}"

    def end(self) -> None:
        SessionNote.objects.filter(pk=self.pk).end()


def local_day(at: datetime) -> date:
    return at.astimezone(site().zone).date()
