"""What of the reviews a person holds, for those who hand over."""

from django.utils.translation import ngettext_lazy

from accounts import holdings
from reviews.models import Series

holdings.kind(
    "series",
    ngettext_lazy("%(n)s review series", "%(n)s review series", "n"),
    rows=lambda person: Series.objects.going_on().filter(owner=person).select_related("account"),
    give=lambda series, to, by, at: series.give(to, by=by, at=at),
)
