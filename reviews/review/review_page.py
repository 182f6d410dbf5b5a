"""All that a review shows, gathered once: people, changes, next moves, decisions, new actions."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from planning.models import Action, Objective, Plan
from planning.versions.version_data import frozen
from reviews.models import Decision, FollowUp, Review
from reviews.review.account_changes import around_now, changes_around
from reviews.review.plan_changes import Change, changes

MOVES = 3
OBJECTIVES = 6
WITH_MINUTES = re.compile(r"^(?P<text>.+?)[\s,:]+(?P<minutes>\d{1,3})\s*min\.?$")


@dataclass(frozen=True)
class Item:
    """A line of the agenda; `8 min` at its end says how long."""

    text: str
    minutes: int | None

    @classmethod
    def of(cls, line: str) -> "Item":
        line = line.strip().lstrip("-*").strip()
        found = WITH_MINUTES.match(line)
        return cls(found["text"], int(found["minutes"])) if found else cls(line, None)


@dataclass(frozen=True)
class Topic:
    """An objective and what is to be done for it next."""

    objective: Objective
    moves: list[Action]
    open_count: int


@dataclass(frozen=True)
class ReviewPage:
    review: Review
    day: date
    since: date | None
    changes: list[Change]
    topics: list[Topic]
    items: list[Item]
    decisions: list[Decision]
    new_actions: list[Action]
    last_actions: list[Action]
    following: Review | None
    plan: Plan | None

    @property
    def last_done(self) -> int:
        return sum(action.is_done for action in self.last_actions)


def room(review: Review, user: User, at: datetime) -> ReviewPage:
    day = user.today(at)
    plan = Plan.objects.visible_to(user).of(review.account).current(day).first()
    last = review.previous_held
    return ReviewPage(
        review=review,
        day=day,
        since=user.today(last.held_at) if last and last.held_at else None,
        changes=_changes(review, last, plan, user, at),
        topics=_topics(plan) if plan and review.is_open else [],
        items=items_of(review.agenda),
        decisions=list(Decision.objects.visible_to(user).of_review(review)),
        new_actions=new_actions_of(review),
        last_actions=new_actions_of(last) if last else [],
        following=Review.objects.visible_to(user).of_series(review.series).coming(max(at, review.starts_at)).first(),
        plan=plan,
    )  # fmt: skip


def items_of(agenda: str) -> list[Item]:
    return [Item.of(line) for line in agenda.splitlines() if line.strip()]


def _changes(
    review: Review, last: Review | None, plan: Plan | None, user: User, at: datetime
) -> list[Change]:
    """Up to today; of a held review up to the moment it was closed."""
    if not (last and last.snapshot and last.held_at and plan):
        return []
    if review.snapshot:
        now = around = review.snapshot.data
    else:
        now, around = frozen(plan), around_now(plan, at)
    before, until = last.snapshot.data, user.today(review.held_at or at)
    return [
        *changes(before, user.today(last.held_at), now, until),
        *changes_around(before, around),
    ]


def _topics(plan: Plan) -> list[Topic]:
    """Objectives with open moves, the one whose next move is due first on top."""
    topics = []
    for objective in Objective.objects.of_plan(plan).with_actions():
        still_open = [move for move in objective.moves if not move.is_done]
        if still_open:
            topics.append(Topic(objective, still_open[:MOVES], len(still_open)))
    return sorted(topics, key=lambda topic: min(move.due for move in topic.moves))[:OBJECTIVES]


def new_actions_of(review: Review) -> list[Action]:
    found = FollowUp.objects.filter(review=review).select_related(
        "action__owner", "action__objective"
    )
    return [follow_up.action for follow_up in found]
