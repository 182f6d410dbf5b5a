from accounts.models.account import Account, changing
from accounts.models.people import Management, User

from accounts.models.team import Membership  # isort: skip
from accounts.models.absence import Absence
from accounts.models.invitation import Invitation
from accounts.models.session import SessionNote

__all__ = [
    "Absence",
    "Account",
    "Invitation",
    "Management",
    "Membership",
    "SessionNote",
    "User",
    "changing",
]
