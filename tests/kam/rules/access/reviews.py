from datetime import date

from kam.lib.outbox.stop import token_of
from reviews.health.health import USUAL
from reviews.models import CalendarFeed, Review, Series, Weights
from tests.base import MONDAY, ClaveTest
from tests.kam.rules.access import ADMIN, ADMIN_DO, ALL, DO, EDIT, EMPTY, OPEN, OWN_DO, READ, Row

PAGES: dict[str, Row] = {
    "reviews:reviews": ALL,
    "reviews:reviews_month": ALL,
    "reviews:reviews_week": ALL,
    "reviews:reviews_list": ALL,
    "reviews:portfolio": ALL,
    "reviews:review": READ,
    "reviews:review_move": EDIT,
    "reviews:review_skip": EDIT,
    "reviews:account_reviews": READ,
    "reviews:series_add": EDIT,
    "reviews:series_says": EDIT,
    "reviews:series_edit": EDIT,
    "reviews:series_edit_says": EDIT,
    "reviews:series_end": EDIT,
    "reviews:calendar_feed": ALL,
    "reviews:calendar": OPEN,
    "reviews:mail_settings": ALL,
    "reviews:health_weights": ADMIN,
    "reviews:unsubscribe": OPEN,
}
ACTIONS: dict[str, Row] = {
    "reviews:review_agenda": DO,
    "reviews:review_minutes": DO,
    "reviews:decision_add": EMPTY,
    "reviews:review_action_add": EMPTY,
    "reviews:attendance_note": EMPTY,
    "reviews:review_hold": DO,
    "reviews:digest_now": OWN_DO,
    "reviews:calendar_open": ALL,
    "reviews:calendar_close": OWN_DO,
    "reviews:health_weights_withdraw": ADMIN_DO,
}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    series = Series.schedule(
        cast.acme,
        by=cast.alice,
        at=MONDAY,
        attendees=[cast.bob],
        rule="FREQ=WEEKLY",
        starts=MONDAY.replace(tzinfo=None),
        time_zone="Europe/Berlin",
        owner=cast.alice,
    )
    weights = Weights.put_in_force(USUAL, since=date(2099, 1, 1), by=cast.root, at=MONDAY)
    first, second = Review.objects.of_series(series).in_order()[:2]
    of_review = "review review_move review_skip review_agenda review_minutes decision_add"
    records = [*of_review.split(), "review_action_add", "attendance_note"]
    return {
        **{f"reviews:{name}": first.pk for name in records},
        "reviews:review_hold": second.pk,
        "reviews:account_reviews": cast.acme.pk,
        "reviews:series_add": cast.acme.pk,
        "reviews:series_says": cast.acme.pk,
        "reviews:series_edit": series.pk,
        "reviews:series_edit_says": series.pk,
        "reviews:series_end": series.pk,
        "reviews:calendar": CalendarFeed.open_for(cast.vera, at=MONDAY),
        "reviews:health_weights_withdraw": weights.pk,
        "reviews:unsubscribe": token_of(cast.vera, "review_reminder"),
    }
