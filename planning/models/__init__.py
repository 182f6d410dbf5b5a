from planning.models.actions import Action
from planning.models.approval import Approval
from planning.models.business import ClientGoal, FinancialYear, Initiative, Profile
from planning.models.check_ins import CheckIn
from planning.models.comments import Comment
from planning.models.confirmation import Confirmation
from planning.models.objectives import Objective
from planning.models.plan import Plan
from planning.models.report import Report
from planning.models.snapshot import Snapshot
from planning.models.swot_risks import Risk, Standpoint, SwotItem
from planning.models.whitespace import Cell

__all__ = [
    "Action",
    "Approval",
    "Cell",
    "CheckIn",
    "ClientGoal",
    "Comment",
    "Confirmation",
    "FinancialYear",
    "Initiative",
    "Objective",
    "Plan",
    "Profile",
    "Report",
    "Risk",
    "Snapshot",
    "Standpoint",
    "SwotItem",
]
