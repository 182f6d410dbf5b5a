"""A year of readings of the demo company, each from what its dated records say of that day.

Influence and rhythm of contact carry no date: those of today are taken. A real installation has
no reading of a day on which it did not run; this one looks at every Monday.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from accounts.models import Account
from reviews.health.health_snapshots import keep_due, take_back_then
from reviews.models import Reading

if TYPE_CHECKING:
    from kam.demo.company import Company

WEEKS = 57


def add(company: "Company") -> None:
    ids = list(Account.objects.active().values_list("pk", flat=True))
    last_monday = company.at - timedelta(days=company.today.weekday() or 7)
    for back in range(WEEKS):
        Reading.objects.bulk_create(take_back_then(ids, last_monday - timedelta(weeks=back)))
    keep_due(company.at)
