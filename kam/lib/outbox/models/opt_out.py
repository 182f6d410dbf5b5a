"""A kind of mail that a person does without."""

from typing import Self

from django.conf import settings
from django.db import models

from kam.lib.data import history


class OptOutQuerySet(models.QuerySet["OptOut"]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def kinds_of(self, user: models.Model) -> set[str]:
        return set(self.filter(user=user.pk).values_list("kind", flat=True))

    def choose(self, user: models.Model, kind: str, *, wanted: bool) -> None:
        """Stop a kind of mail, or have it again; once more changes nothing."""
        with history.action("mail.choose", by=user.pk, kind=kind):
            if wanted:
                self.filter(user=user.pk, kind=kind).delete()
            else:
                self.bulk_create([OptOut(user_id=user.pk, kind=kind)], ignore_conflicts=True)


@history.tracked()
class OptOut(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="opt_outs")
    kind = models.CharField(max_length=40)

    objects = OptOutQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mail_stopped_once")]

    def __str__(self) -> str:
        return f"{self.user_id} without {self.kind}"
