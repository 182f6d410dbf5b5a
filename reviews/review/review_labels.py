"""How changes of reviews are told."""

from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.history.history_registry import tell
from reviews.models import Attendance, Decision, FollowUp, Invitee, Review, Series

BY_SCHEDULE = frozenset({"insert"})


def kind(row: Any) -> str:
    return str(row.words("kind"))


tell(
    Series,
    group="reviews",
    thing=_("the series “%(name)s”"),
    name=kind,
    fields={
        "kind": _("the kind"),
        "rule": _("the rhythm"),
        "starts": _("the first time"),
        "time_zone": _("the time zone"),
        "length": _("the length in minutes"),
        "owner": _("the owner"),
        "agenda": _("the agenda"),
        "until": _("the last day"),
    },
    verbs={"series.end": _("ended the series “%(name)s”")},
    added=_("put the series “%(name)s” into the calendar, from %(starts)s"),
)
tell(
    Invitee,
    group="reviews",
    thing=_("%(name)s in a series"),
    name=lambda row: str(row.words("user")),
    needs=("user", "series"),
    added=_("asked %(name)s to every “%(series)s”"),
    removed=_("no longer asks %(name)s to every “%(series)s”"),
    silent=BY_SCHEDULE,
)


def occurrence(row: Any) -> str:
    words = {"kind": row.words("series"), "moment": row.words("starts_at")}
    return say("%(kind)s, %(moment)s") % words


tell(
    Review,
    group="reviews",
    thing=_("the review “%(name)s”"),
    name=occurrence,
    needs=("series",),
    fields={
        "starts_at": _("the time"),
        "length": _("the length in minutes"),
        "agenda": _("the agenda"),
        "minutes": _("the minutes of the meeting"),
    },
    verbs={
        "review.hold": _("closed %(thing)s as held"),
        "review.skip": _("skipped %(thing)s: %(reason)s"),
        "review.move": _("moved %(thing)s from %(old)s to %(new)s: %(reason)s"),
        "review.miss": _("marked %(thing)s as missed"),
    },
    silent=BY_SCHEDULE,
)
tell(
    Attendance,
    group="reviews",
    thing=_("the attendance of %(name)s"),
    name=lambda row: str(row.words("user")),
    needs=("user", "review"),
    fields={"state": _("the attendance")},
    verbs={"review.attendance": _("noted %(name)s as %(new)s for “%(review)s”")},
    silent=BY_SCHEDULE,
    crowded=True,
)
tell(
    Decision,
    group="reviews",
    thing=_("the decision “%(name)s”"),
    name="text",
    needs=("review",),
    fields={"text": _("the decision")},
    added=_("noted a decision of “%(review)s”: %(text)s"),
)
tell(
    FollowUp,
    group="reviews",
    thing=_("what follows from a review"),
    needs=("action", "review"),
    added=_("added the action “%(action)s” in “%(review)s”"),
)
