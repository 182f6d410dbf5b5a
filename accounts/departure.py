"""Somebody leaves: the roles that exactly one person has go on, the access ends."""

from accounts.models import Membership, User
from kam.lib import history


def depart(person: User, *, by: User, to: dict[str, User]) -> None:
    """Disable the person after handing over; `to` says for each named role who takes it."""
    with history.action("person.disable", by=by.pk):
        for member in Membership.objects.filter(user=person).named().for_hand_over():
            if heir := to.get(member.role):
                member.hand_over(heir, by=by)
        person.disable(by=by)
