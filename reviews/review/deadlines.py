"""Until when somebody may record a review: it follows the working days of the installation."""

from accounts.models.site import follows_site
from reviews.models import Review

CALENDAR = {"working_days", "holidays"}
AT_ONCE = 500


@follows_site
def move_deadlines(changed: set[str]) -> None:
    """Of those that wait to be held; what was missed already stays so."""
    if not changed & CALENDAR:
        return
    moved = []
    for review in Review.objects.scheduled().select_related("series").order_by("pk"):
        before = review.missed_at
        review.start_at(review.starts_at)
        if review.missed_at != before:
            moved.append(review)
    Review.objects.bulk_update(moved, ["missed_at"], batch_size=AT_ONCE)
