"""Reviews for tests: a series of Acme whose first Thursday is in the week of the cast's Monday."""

from datetime import datetime
from typing import Any

from accounts.models import User
from reviews.models import Review, Series
from tests.base import MONDAY, ClaveTest

THURSDAY = datetime(2026, 11, 26, 10, 0)  # noqa: DTZ001 (a wall clock)


def local(text: str) -> datetime:
    """A wall clock, such as 2026-11-26T10:00."""
    return datetime.fromisoformat(text)


class ReviewCase(ClaveTest):
    series: Series
    review: Review

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.series = cls.schedule()
        cls.review = cls.reviews_of(cls.series)[0]

    @classmethod
    def schedule(cls, *, attendees: list[User] | None = None, **changes: Any) -> Series:
        fields: dict[str, Any] = {
            "rule": "FREQ=WEEKLY;BYDAY=TH",
            "starts": THURSDAY,
            "time_zone": "Europe/Berlin",
            "owner": cls.alice,
            "by": cls.alice,
            "at": MONDAY,
        }
        people = [cls.alice, cls.bob, cls.vera] if attendees is None else attendees
        return Series.schedule(cls.acme, attendees=people, **{**fields, **changes})

    @staticmethod
    def reviews_of(series: Series) -> list[Review]:
        return list(Review.objects.of_series(series).in_order())
