"""All that the page of a plan shows, in a fixed number of queries."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from planning.business.business_summary import glance
from planning.models import Comment, Objective, Plan
from planning.plan.account_summary import relations_row, worth
from planning.plan.plan_structure import PlanStructure, plan_structure
from planning.plan.recent_changes import happenings
from planning.plan.truncation import MOST_LINES, unfold
from planning.versions.plan_status import may_decide, standing

COMMENTS = 50


def plan_page(plan: Plan, user: User, at: datetime, *, about: Mapping[str, str]) -> dict[str, Any]:
    """Of a plan that the person may see."""
    today, account = user.today(at), plan.account
    found, version = plan_structure(plan, today), standing(plan)
    comments = list(Comment.objects.of(plan).open().for_list()[:COMMENTS])
    count_comments(found, comments)
    return {
        "plan_structure": found,
        "most_parts": ":" if "all" in about else f":{MOST_LINES}",
        "unnamed": unfold(rows_of(found), about.get("open", ""), all_lines="all" in about),
        "version": version,
        "may_decide": bool(version.waiting) and may_decide(plan, user),
        "glance": glance(account, today),
        "comments": comments,
        "about": subject(found, about),
        "worth": worth(account, at),
        "relations": relations_row(account, user, at),
        "happenings": happenings(plan, user, since=version.since),
    }


def rows_of(found: PlanStructure) -> list[Objective]:
    """The objectives in the order of the page."""
    return [objective for part in found.horizons for objective in part.objectives]


def count_comments(found: PlanStructure, comments: list[Comment]) -> None:
    """Write on each objective and action how many open comments it has."""
    objectives = Counter(comment.objective_id for comment in comments)
    actions = Counter(comment.action_id for comment in comments)
    for objective in rows_of(found):
        objective.open_comments = objectives[objective.pk]
        for action in objective.moves:
            action.open_comments = actions[action.pk]


def subject(found: PlanStructure, about: Mapping[str, str]) -> Any:
    """The objective or action that a new comment is about, when the address names one."""
    rows = rows_of(found)
    if wanted := about.get("action"):
        moves = [move for objective in rows for move in objective.moves]
        return next((move for move in moves if str(move.pk) == wanted), None)
    if wanted := about.get("objective"):
        return next((row for row in rows if str(row.pk) == wanted), None)
    return None
