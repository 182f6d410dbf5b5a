"""What people did to a plan lately, newest first, in the sentences of the history."""

from datetime import datetime

from accounts.history.activity_feed import Filter, events
from accounts.history.event_text import EventLine, Teller
from accounts.models import User
from planning.models import Approval, Comment, Plan

MOST = 6
# Of the plan, but no change of it.
TALK = (Approval, Comment)


def happenings(plan: Plan, reader: User, *, since: datetime | None) -> list[EventLine]:
    page, _more = events(plan.account, only=Filter(group="plan"))
    changed = [event for event in page if event.told.model not in TALK and event.by]
    lines = [line for day in Teller(changed, reader).days() for line in day.lines]
    return [line for line in lines if since is None or line.at > since][:MOST]
