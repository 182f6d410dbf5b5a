"""What of the reviews a person holds, for those who hand over."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts import holdings
from accounts.models import User
from reviews.models import Series


@holdings.counts(_("review series"))
def series(person: User) -> dict[int, int]:
    rows = Series.objects.filter(owner=person, account__archived_at=None).values_list("account")
    return dict(rows.annotate(n=Count("pk")).order_by())
