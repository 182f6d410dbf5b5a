from planning.models.actions import Action
from planning.models.objectives import Objective
from planning.models.plan import Plan
from planning.models.report import Report
from planning.models.snapshot import Snapshot

__all__ = ["Action", "Objective", "Plan", "Report", "Snapshot"]
