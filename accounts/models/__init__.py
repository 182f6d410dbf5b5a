from accounts.models.account import Account, changing
from accounts.models.assessments import Assessment
from accounts.models.interactions import Interaction, OurPart, TheirPart
from accounts.models.people import Management, User
from accounts.models.stakeholders import Stakeholder
from accounts.models.team import Membership
from accounts.models.ties import Acquaintance, Tie

__all__ = [
    "Account",
    "Acquaintance",
    "Assessment",
    "Interaction",
    "Management",
    "Membership",
    "OurPart",
    "Stakeholder",
    "TheirPart",
    "Tie",
    "User",
    "changing",
]
