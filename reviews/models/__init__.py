from reviews.models.notices import DigestChoice, OptOut
from reviews.models.review import Attendance, Decision, Review
from reviews.models.series import Invitee, Reminder, Series

__all__ = ["Attendance", "Decision", "DigestChoice", "Invitee", "OptOut", "Reminder", "Review", "Series"]
