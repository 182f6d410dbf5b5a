from reviews.models.clock import Clock
from reviews.models.minutes import Attendance, Decision, FollowUp
from reviews.models.notices import DigestChoice
from reviews.models.review import Closed, Review
from reviews.models.series import Invitee, Reminder, Series

__all__ = [
    "Attendance",
    "Clock",
    "Closed",
    "Decision",
    "DigestChoice",
    "FollowUp",
    "Invitee",
    "Reminder",
    "Review",
    "Series",
]
