"""What of the reviews a person holds, for those who hand over."""

from django.db.models import Count
from django.utils.translation import ngettext_lazy

from accounts import holdings
from accounts.models import User
from reviews.models import Series


@holdings.counts(ngettext_lazy("%(n)s review series", "%(n)s review series", "n"))
def series(person: User) -> dict[int, int]:
    rows = Series.objects.filter(owner=person, account__archived_at=None).values_list("account")
    return dict(rows.annotate(n=Count("pk")).order_by())
