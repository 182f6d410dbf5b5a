"""Health in words: why a part is where it is, and what moved it between two readings."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.commerce.year_comparison import Comparison, in_words
from kam.lib.text.dates import day_year
from kam.lib.text.money import percent
from reviews.health.health import PARTS
from reviews.models import Reading

MOST = 2
# A part that moved the sum by less is not worth a word.
LEAST = Decimal("0.5")


def because(key: str, reading: Reading) -> str:
    """What a part is made of, as one short line; nothing where nothing is recorded."""
    words = {
        "coverage": _people(reading),
        "engagement": _kept(reading),
        "progress": _on_time(reading),
        "commercial": _money(reading),
    }
    return words.get(key, "") if getattr(reading, key) is not None else ""


def lacking(key: str, reading: Reading, compared: Comparison, *, has_plan: bool) -> str:
    """Why a part is not scored: which input is missing, and from when it will be there."""
    words = {
        "coverage": _("no stakeholder is entered"),
        "engagement": _no_contact_due(reading),
        "progress": _no_progress(has_plan=has_plan),
        "commercial": compared.why_not,
    }
    # Surveys, renewals and issues of the client have no place yet where anybody could enter them.
    return words.get(key) or _("this version does not measure it yet, so nobody has to enter it")


def _no_contact_due(reading: Reading) -> str:
    if reading.first_due:
        words = _("no contact has fallen due yet, the first one does on %(day)s")
        return words % {"day": day_year(reading.first_due)}
    return _("no stakeholder is entered by name")


def _no_progress(*, has_plan: bool) -> str:
    if not has_plan:
        return _("there is no plan")
    return _("no objective with a measure or actions has begun")


def reasons(before: Reading, now: Reading, lost: Sequence[str] = ()) -> list[str]:
    """What moved the health, the largest first, and only what moved it the way it went.

    `lost` are the deals lost between the two; they are named where the money went down.
    """
    was, is_now = _gives(before), _gives(now)
    moved = {key: is_now.get(key, Decimal(0)) - was.get(key, Decimal(0)) for key in PARTS}
    up = (now.health or 0) >= (before.health or 0)
    found = []
    for key in sorted(moved, key=lambda key: -abs(moved[key])):
        if abs(moved[key]) >= LEAST and (moved[key] > 0) == up:
            found.append(_moved(key, before, now))
    if not found and before.health != now.health:
        # Many small steps: the largest of those that went its way, or the rounding of the whole.
        gone = [key for key in moved if moved[key] and (moved[key] > 0) == up]
        largest = max(gone, key=lambda key: abs(moved[key]), default=None)
        found.append(_moved(largest, before, now) if largest else _("by rounding"))
    if before.weights != now.weights:
        found.append(_("the weights changed"))
    if lost and not up:
        found.insert(1 if found else 0, _("lost: %(deals)s") % {"deals": ", ".join(lost)})
    return found[: MOST + 1]


def _gives(reading: Reading) -> dict[str, Decimal]:
    return {part.key: part.gives for part in reading.sum.parts if part.gives is not None}


def _moved(key: str, before: Reading, now: Reading) -> str:
    label = str(PARTS[key])
    was, is_now = getattr(before, key), getattr(now, key)
    if was is None:
        return _("%(part)s is scored now: %(words)s") % {"part": label, "words": because(key, now)}
    if is_now is None:
        return _("%(part)s is not scored any more") % {"part": label}
    telling = {
        "coverage": _warmth(before, now),
        "engagement": _against(_kept(now), before.kept, now.kept),
        "progress": _against(_on_time(now), before.on_time, now.on_time),
        "commercial": _money(now),
    }
    words = {"part": label, "was": f"{was:.0f}", "now": f"{is_now:.0f}"}
    return telling.get(key) or _("%(part)s from %(was)s to %(now)s") % words


def _against(words: str, before: int, now: int) -> str:
    return (
        "" if before == now else _("%(now)s, before %(before)s") % {"now": words, "before": before}
    )


def _warmth(before: Reading, now: Reading) -> str:
    lost, people = before.warm - now.warm, {"people": now.people}
    if lost > 0:
        words = ngettext("%(n)s of %(people)s went cold", "%(n)s of %(people)s went cold", lost)
        return words % {"n": lost, **people}
    if lost < 0:
        words = ngettext(
            "%(n)s more of %(people)s up to date", "%(n)s more of %(people)s up to date", -lost
        )
        return words % {"n": -lost, **people}
    return _people(now)


def _people(reading: Reading) -> str:
    return _("%(warm)s of %(people)s up to date with us") % {
        "warm": reading.warm,
        "people": reading.people,
    }


def _kept(reading: Reading) -> str:
    return _("%(kept)s of %(people)s met as often as agreed") % {
        "kept": reading.kept,
        "people": reading.named,
    }


def _on_time(reading: Reading) -> str:
    return ngettext(
        "%(on_time)s of %(n)s objective on time",
        "%(on_time)s of %(n)s objectives on time",
        reading.objectives,
    ) % {"on_time": reading.on_time, "n": reading.objectives}


def _money(reading: Reading) -> str:
    if reading.growth is None:
        return ""
    grown = in_words(reading.growth, reading.pairs)
    words = _("value %(change)s on last year") % {"change": grown}
    if not reading.overdue_share:
        return words
    late = percent(100 * reading.overdue_share, 0)
    return _("%(words)s, %(share)s of what they owe is overdue") % {"words": words, "share": late}
