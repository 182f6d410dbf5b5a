"""The team as one person sees it: every member, what may be done with them, who stands in."""

from collections import defaultdict
from dataclasses import dataclass, field

from accounts.models import Absence, Account, Membership, User
from accounts.models.absence import today_here


@dataclass(frozen=True)
class MemberRow:
    """One member; `away` is the absence of today, `absences` all that are not over."""

    member: Membership
    away: Absence | None
    absences: list[Absence] = field(default_factory=list)
    may_name_deputy: bool = False


@dataclass(frozen=True)
class TeamPage:
    rows: list[MemberRow]
    may_lead: bool
    lacks_sponsor: bool
    lacks_kam: bool


def team_page(account: Account, reader: User) -> TeamPage:
    """Two queries beside those of the account and its team."""
    today = today_here()
    absences = defaultdict(list)
    for absence in (
        Absence.objects.visible_to(reader).of_account(account).not_over(today).for_list()
    ):
        absences[absence.membership_id].append(absence)
    may_lead = Account.objects.led_by(reader).filter(pk=account.pk).exists()
    rows = [
        MemberRow(
            member,
            next((a for a in absences[member.pk] if a.starts <= today), None),
            absences[member.pk],
            may_lead or member.user_id == reader.pk,
        )
        for member in account.team
    ]
    return TeamPage(rows, may_lead, not account.sponsor, not account.kam)
