from accounts.models.account import Account, Tier, changing
from accounts.models.contracts import Contract
from accounts.models.opportunities import Opportunity
from accounts.models.people import Management, User
from accounts.models.products import Product
from accounts.models.rates import ExchangeRate
from accounts.models.receivables import Receivable
from accounts.models.revenue import Revenue
from accounts.models.standing import Standing
from accounts.models.team import Membership
from accounts.models.tiers import TierChange
from accounts.models.units import BusinessUnit

__all__ = [
    "Account",
    "BusinessUnit",
    "Contract",
    "ExchangeRate",
    "Management",
    "Membership",
    "Opportunity",
    "Product",
    "Receivable",
    "Revenue",
    "Standing",
    "Tier",
    "TierChange",
    "User",
    "changing",
]
