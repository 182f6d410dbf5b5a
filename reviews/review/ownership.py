"""What of the reviews a person holds, for those who hand over."""

from django.utils.translation import ngettext_lazy

from accounts.users import ownership
from reviews.models import Invitee

ownership.kind(
    "series",
    ngettext_lazy("%(n)s review series", "%(n)s review series", "n"),
    rows=lambda person: Invitee.objects.filter(user=person).going_on(),
    give=lambda invitee, to, by, at: invitee.series.replace(invitee.user, to, by=by, at=at),
)
