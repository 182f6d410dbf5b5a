"""How changes of the client's people, of what we know of them and of our talks are told."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.history.history_registry import Text, group, tell
from accounts.models import Acquaintance, Assessment, Interaction, Stakeholder, Tie
from accounts.models.interactions import Kind, OurPart, TheirPart

PEOPLE = "people"
group(PEOPLE, _("Stakeholders and interactions"))

tell(
    Stakeholder,
    group=PEOPLE,
    thing=_("the stakeholder “%(name)s”"),
    name="name",
    fields={
        "name": _("the name"),
        "family_names": _("the family names"),
        "title": _("the title"),
        "department": _("the department"),
        "email": _("the e-mail address"),
        "phone": _("the phone number"),
        "roles": _("the decision role"),
        "influence": _("the influence"),
        "reports_to": _("the superior"),
        "owner": _("who holds the contact"),
        "cadence": _("the days between contacts"),
        "is_gap": _("that we do not know yet who it is"),
    },
    implied={"family_names": "name"},
    turns={
        "left_at": (
            _("noted that %(name)s left the client"),
            _("noted that %(name)s is at the client again"),
        )
    },
)


def opinion(row: Any) -> Text:
    """With the reason, else with what it rests on."""
    guess = _("assessed %(stakeholder)s as %(disposition)s, a guess")
    words = guess if row["is_guess"] else _("assessed %(stakeholder)s as %(disposition)s")
    return f"{words}: %({'reason' if row['reason'] else 'evidence'})s"


tell(
    Assessment,
    group=PEOPLE,
    thing=_("the assessment of %(name)s"),
    name=lambda row: str(row.words("stakeholder")),
    needs=("stakeholder",),
    fields={
        "disposition": _("the disposition"),
        "made_on": _("the day"),
        "reason": _("the reason"),
        "evidence": _("the evidence"),
        "is_guess": _("that it is a guess"),
        "expires_on": _("the day it expires"),
    },
    added=opinion,
    verbs={
        "assessment.confirm": _(
            "confirmed that %(stakeholder)s is still %(disposition)s, valid until %(expires_on)s"
        )
    },
)


def two_people(row: Any) -> str:
    words = {"influencer": row.words("influencer"), "influenced": row.words("influenced")}
    return gettext("%(influencer)s on %(influenced)s") % words


tell(
    Tie,
    group=PEOPLE,
    thing=_("the influence of %(name)s"),
    name=two_people,
    needs=("influencer", "influenced"),
    fields={"strength": _("the strength")},
    added=_("noted the influence of %(influencer)s on %(influenced)s: %(strength)s"),
)


def pair(row: Any) -> str:
    words = {"user": row.words("user"), "stakeholder": row.words("stakeholder")}
    return gettext("%(user)s with %(stakeholder)s") % words


tell(
    Acquaintance,
    group=PEOPLE,
    thing=_("the relationship of %(name)s"),
    name=pair,
    needs=("user", "stakeholder"),
    fields={"level": _("the level"), "wanted": _("the wanted level")},
    added=_("noted how well %(user)s knows %(stakeholder)s: now %(level)s, wanted %(wanted)s"),
    follows=frozenset({"interaction.log"}),
    crowded=True,
)

LOGGED = {
    Kind.CALL: _("logged a call with %(theirs)s, %(at)s"),
    Kind.MEETING: _("logged a meeting with %(theirs)s, %(at)s"),
    Kind.VISIT: _("logged a visit with %(theirs)s, %(at)s"),
    Kind.EMAIL: _("logged an e-mail with %(theirs)s, %(at)s"),
    Kind.MESSAGE: _("logged a message with %(theirs)s, %(at)s"),
    Kind.VIDEO: _("logged a video call with %(theirs)s, %(at)s"),
    Kind.EVENT: _("logged an event with %(theirs)s, %(at)s"),
    Kind.NOTE: _("logged a note about %(theirs)s, %(at)s"),
}


def logged(row: Any) -> Text:
    """Who of ours took part is said where it was not the author alone."""
    with_them = LOGGED[row["kind"]] if row.words("theirs") else _("logged: %(kind)s, %(at)s")
    ours = _(" (for us: %(ours)s)") if row.words("ours") not in ("", row.words("author")) else ""
    return f"{with_them}{ours}: %(note)s"


def talk(row: Any) -> str:
    words = {"kind": row.words("kind"), "people": row.words("theirs"), "moment": row.words("at")}
    return (
        gettext("%(kind)s: %(people)s, %(moment)s") if words["people"] else "%(kind)s, %(moment)s"
    ) % words


tell(
    Interaction,
    group=PEOPLE,
    thing=_("the interaction “%(name)s”"),
    name=talk,
    needs=("author",),
    fields={
        "kind": _("the kind"),
        "at": _("the time"),
        "note": _("the note"),
        "is_two_way": _("that both sides took part"),
    },
    parts={"theirs": (TheirPart, "stakeholder"), "ours": (OurPart, "user")},
    added=logged,
    verbs={"interaction.take_back": _("took back %(thing)s")},
)

# The sentence of the interaction names them.
ALWAYS = frozenset({"insert", "update", "delete"})
tell(
    TheirPart,
    group=PEOPLE,
    thing=_("%(name)s in an interaction"),
    name=lambda row: str(row.words("stakeholder")),
    needs=("stakeholder", "interaction"),
    silent=ALWAYS,
)
tell(
    OurPart,
    group=PEOPLE,
    thing=_("%(name)s in an interaction"),
    name=lambda row: str(row.words("user")),
    needs=("user", "interaction"),
    silent=ALWAYS,
)
