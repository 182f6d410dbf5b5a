"""The way in of a new installation: a link that works once, until there is an administrator."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models.people import User
from accounts.models.site import Site
from kam.lib.data import history

OPEN_FOR = timedelta(minutes=30)
ONLY = 1


class SetupLink(models.Model):
    """One row; whoever makes a link anew ends the one before. Only its hash is kept."""

    token_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=ONLY), name="setup_link_is_one")]

    def __str__(self) -> str:
        return f"setup link of {self.made_at:%Y-%m-%d %H:%M}"

    @classmethod
    def renew(cls, *, at: datetime) -> str:
        """The token of a new link; nobody can read it again."""
        token = secrets.token_urlsafe(32)
        fields = {"token_hash": hash_of(token), "made_at": at, "used_at": None}
        cls.objects.update_or_create(pk=ONLY, defaults=fields)
        return token

    @classmethod
    def of_token(cls, token: str, at: datetime) -> "SetupLink | None":
        """The link while it is the latest one, unused, young enough and still needed."""
        link = cls.objects.filter(pk=ONLY).first()
        if link is None or not secrets.compare_digest(link.token_hash, hash_of(token)):
            return None
        return link if link.is_open(at) and not has_administrator() else None

    def is_open(self, at: datetime) -> bool:
        return self.used_at is None and at < self.made_at + OPEN_FOR

    def use(self, *, name: str, email: str, password: str, at: datetime) -> User | None:
        """The first administrator, as the site reads and counts; None when somebody was faster."""
        with history.action("person.administrator", by=None):
            # Two people on one link, or on an old and a new one, wait here for each other.
            here = SetupLink.objects.select_for_update().get(pk=ONLY)
            if here.token_hash != self.token_hash or not here.is_open(at) or has_administrator():
                return None
            here.used_at = at
            here.save(update_fields=["used_at"])
            return User.objects.create_user(
                email, password, name=name, is_admin=True, **reads_like_the_site()
            )


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def has_administrator() -> bool:
    return bool(User.objects.administrators().exists())


def path_of(token: str) -> str:
    return reverse("accounts:setup", args=[token])


def reads_like_the_site() -> dict[str, Any]:
    """Language, region and zone of somebody who was not asked."""
    here = Site.here().facts
    return {"language": here.language, "region": here.region, "time_zone": here.time_zone}
