"""The private address of a person's reviews for calendar programs. Only its hash is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kam.lib.data import history

if TYPE_CHECKING:
    from reviews.models.review import Review

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
MOST = 500
HASH = r"^[0-9a-f]{64}$"


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(user=user)

    def editable_by(self, user: User) -> Self:
        return self.visible_to(user)


class CalendarFeed(models.Model):
    """One for each person who wants it; a new address ends the old one."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(_("Address"), max_length=64, unique=True)
    made_at = models.DateTimeField()

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(token_hash__regex=HASH),
                name="calendar_feed_is_hashed",
            )
        ]

    def __str__(self) -> str:
        return f"calendar feed of {self.user_id}"

    @classmethod
    def of_token(cls, token: str) -> "CalendarFeed | None":
        """While it is not taken back and its person may sign in."""
        found = cls.objects.filter(token_hash=hash_of(token), user__is_active=True)
        return found.select_related("user").first()

    @classmethod
    def open_for(cls, user: User, *, at: datetime) -> str:
        """A new address; it is shown this once and cannot be read again. The old one ends."""
        token = secrets.token_urlsafe(32)
        with history.action("calendar.open", by=user.pk):
            cls.objects.update_or_create(
                user=user, defaults={"token_hash": hash_of(token), "made_at": at}
            )
        return token

    @classmethod
    def close_for(cls, user: User) -> None:
        with history.action("calendar.close", by=user.pk):
            cls.objects.filter(user=user).delete()

    def reviews(self, at: datetime) -> "list[Review]":
        """What the person is asked to and may see at this very moment; skipped ones are gone."""
        from reviews.models.review import Review

        found = Review.objects.visible_to(self.user).filter(account__archived_at=None)
        near = found.between(at - BACK, at + AHEAD).not_skipped().asked_to(self.user)
        return list(near.select_related("account", "series__account").in_order()[:MOST])


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
