from accounts.models.account import Account, Tier, changing
from accounts.models.assessments import Assessment
from accounts.models.contracts import Contract
from accounts.models.imports import Batch, BatchFile, BatchState, ExternalKey, Layout
from accounts.models.interactions import Interaction, OurPart, TheirPart
from accounts.models.opportunities import Opportunity
from accounts.models.people import Management, User
from accounts.models.products import Product
from accounts.models.rates import ExchangeRate
from accounts.models.receivables import Receivable
from accounts.models.revenue import Revenue
from accounts.models.stakeholders import Stakeholder
from accounts.models.standing import Standing

from accounts.models.team import Membership  # isort: skip
from accounts.models.absence import Absence
from accounts.models.invitation import Invitation
from accounts.models.session import SessionNote
from accounts.models.setup import SetupLink
from accounts.models.site import Site
from accounts.models.tiers import TierChange
from accounts.models.ties import Acquaintance, Tie
from accounts.models.units import BusinessUnit

__all__ = [
    "Absence",
    "Account",
    "Acquaintance",
    "Assessment",
    "Batch",
    "BatchFile",
    "BatchState",
    "BusinessUnit",
    "Contract",
    "ExchangeRate",
    "ExternalKey",
    "Invitation",
    "Interaction",
    "Layout",
    "Management",
    "Membership",
    "Opportunity",
    "OurPart",
    "Product",
    "Receivable",
    "Revenue",
    "SessionNote",
    "SetupLink",
    "Site",
    "Stakeholder",
    "Standing",
    "TheirPart",
    "Tie",
    "Tier",
    "TierChange",
    "User",
    "changing",
]
