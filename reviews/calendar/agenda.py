"""The agenda of a person: what was missed first, then this week, the next, what follows, the last."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import Account, User
from kam.lib.text import dates
from reviews.calendar.calendar_rows import ReviewRow, attendance_of, rows
from reviews.calendar.calendar_sections import Printer, Section, Style, all_of
from reviews.calendar.free_slots import Slot, free_slots
from reviews.models import Review
from reviews.models.review import ReviewQuerySet

MOST = 400
SHOWN_MISSED, SHOWN_WEEK, SHOWN_NEXT, SHOWN_LATER, SHOWN_LAST = 10, 25, 15, 10, 12
OF_ACCOUNT = 25
MISSED_BACK = timedelta(days=120)
WITH_SLOTS = 3
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Agenda:
    monday: date
    is_now: bool
    missed: list[ReviewRow]
    week: list[ReviewRow]
    sections: list[Section]

    @property
    def next_monday(self) -> date:
        return self.monday + WEEK

    @property
    def previous_monday(self) -> date:
        return self.monday - WEEK

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def without_agenda(self) -> int:
        return sum(not row.has_agenda and row.is_open for row in self.week)

    @property
    def is_empty(self) -> bool:
        return not any(part.lines for part in self.sections)


def seen_by(user: User, *, mine: bool = False) -> ReviewQuerySet:
    """What the calendars of this person show: all that they may see, or what they are asked to."""
    found = Review.objects.visible_to(user)
    return found.asked_to(user) if mine else found


def missed_of(found: ReviewQuerySet, user: User, at: datetime) -> list[ReviewRow]:
    return rows(found.missed().between(at - MISSED_BACK, at).in_order(), user, MOST)


def agenda(user: User, at: datetime, day: date | None = None, *, mine: bool = False) -> Agenda:
    """The agenda round the week of `day`, by default the one that runs."""
    today = user.today(at)
    day = day or today
    monday = day - timedelta(days=day.weekday())
    found = seen_by(user, mine=mine)
    fortnight = found.in_days(user.zone, monday - WEEK, monday + timedelta(days=13))
    near = [row for row in rows(fortnight.in_order(), user, MOST) if not row.is_missed]
    end = Review.end_of_day(user.zone, monday + timedelta(days=13))
    last, this, following = ([r for r in near if m <= r.day < m + WEEK] for m in _mondays(monday))
    later = rows(found.coming(end), user, SHOWN_LATER + 1)
    missed = missed_of(found, user, at)
    is_now = monday <= today < monday + WEEK
    weeks = Weeks(monday, is_now, last[::-1], this, following)
    came = attendance_of([*weeks.last[:SHOWN_LAST], *this[:SHOWN_WEEK], *following[:SHOWN_NEXT]])
    printer = Printer(came, _slots(missed, user, at))
    return Agenda(monday, is_now, missed, this, _sections(printer, weeks, missed, later))


@dataclass(frozen=True)
class Weeks:
    monday: date
    is_now: bool
    last: list[ReviewRow]
    this: list[ReviewRow]
    following: list[ReviewRow]


def _mondays(monday: date) -> list[date]:
    return [monday - WEEK, monday, monday + WEEK]


def _slots(missed: list[ReviewRow], user: User, at: datetime) -> dict[int, list[Slot]]:
    """For the first few: where all of them could meet."""
    if not missed:
        return {}
    first = [row.pk for row in missed[:WITH_SLOTS]]
    return free_slots(Review.objects.visible_to(user).filter(pk__in=first).for_list(), at)


def _sections(
    printer: Printer, weeks: Weeks, missed: list[ReviewRow], later: list[ReviewRow]
) -> list[Section]:
    before, now, after = _names(weeks)
    all_last, all_this, all_next = (all_of(**_days(monday)) for monday in _mondays(weeks.monday))
    say = printer.section
    return [
        say(_("Open, needs a date"), missed, Style(SHOWN_MISSED), more=all_of(state="missed")),
        say(
            now,
            weeks.this,
            Style(SHOWN_WEEK, near=True, soon=weeks.is_now),
            empty=_("No review in this week."),
            more=all_this,
        ),
        say(after, weeks.following, Style(SHOWN_NEXT, near=True), more=all_next),
        say(_("Later"), later, Style(SHOWN_LATER, is_cut=True), more=all_of(state="scheduled")),
        say(before, weeks.last, Style(SHOWN_LAST, near=True), more=all_last),
    ]


def _names(weeks: Weeks) -> list[str]:
    if weeks.is_now:
        return [_("Last week"), _("This week"), _("Next week")]
    this = _("Week of %(day)s") % {"day": dates.day_short(weeks.monday)}
    return [_("The week before"), this, _("The week after")]


def _days(monday: date) -> dict[str, str]:
    return {"from": monday.isoformat(), "to": (monday + timedelta(days=6)).isoformat()}


def of_account(account: Account, user: User, at: datetime) -> list[Section]:
    """All of one account: to be made up for, to come, and behind us."""
    found = Review.objects.visible_to(user).of_account(account)
    missed = rows(found.missed().in_order(), user, MOST)
    coming = rows(found.coming(at), user, SHOWN_LATER + 1)
    past = rows(found.over().before(at), user, OF_ACCOUNT + 1)
    say = Printer(attendance_of(past)).section
    rest = all_of(account=str(account.pk))
    empty = _("Nothing booked.") if missed or past else ""
    coming_style = Style(SHOWN_LATER, of_account=True, is_cut=True)
    return [
        say(_("Open, needs a date"), missed, Style(SHOWN_MISSED, of_account=True), more=rest),
        say(_("Coming"), coming, coming_style, empty=empty, more=rest),
        say(_("Earlier reviews"), past, Style(OF_ACCOUNT, of_account=True, is_cut=True), more=rest),
    ]
