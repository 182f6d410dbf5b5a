from reviews.models.notices import DigestChoice, OptOut
from reviews.models.review import Attendance, Closed, Decision, FollowUp, Review
from reviews.models.series import Invitee, Reminder, Series

__all__ = [
    "Attendance",
    "Closed",
    "Decision",
    "DigestChoice",
    "FollowUp",
    "Invitee",
    "OptOut",
    "Reminder",
    "Review",
    "Series",
]
