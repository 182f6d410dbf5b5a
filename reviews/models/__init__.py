from reviews.models.clock import Clock
from reviews.models.feed import CalendarFeed
from reviews.models.minutes import Attendance, Decision, FollowUp
from reviews.models.notices import DigestChoice
from reviews.models.readings import Reading
from reviews.models.review import Closed, Review
from reviews.models.series import Invitee, Reminder, Series
from reviews.models.weights import Weights

__all__ = [
    "Attendance",
    "Clock",
    "CalendarFeed",
    "Closed",
    "Decision",
    "DigestChoice",
    "FollowUp",
    "Invitee",
    "Reading",
    "Reminder",
    "Review",
    "Series",
    "Weights",
]
