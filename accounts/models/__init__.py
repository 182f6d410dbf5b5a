from accounts.models.account import Account, changing
from accounts.models.people import Management, User
from accounts.models.team import Membership

__all__ = ["Account", "Management", "Membership", "User", "changing"]
