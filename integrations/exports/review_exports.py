"""Reviews as a table."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.lib.tabular.listing import Column, Listing, attribute


def people(review: Any) -> str:
    return ", ".join(one.user.name for one in review.people)


REVIEWS = Listing(
    "reviews",
    (
        Column("", _("Account"), attribute("account.name")),
        Column("", _("Starts"), lambda review: review.starts_at.isoformat()),
        Column("", _("Minutes"), attribute("length")),
        Column("", _("Kind"), lambda review: str(review.series.get_kind_display())),
        Column("", _("State"), lambda review: str(review.get_state_display())),
        Column("", _("Owner"), attribute("series.owner.name")),
        Column("", _("People"), people),
        Column("", _("Why it is skipped"), attribute("reason")),
        Column("", _("Agenda"), attribute("agenda")),
        Column("", _("Minutes of the meeting"), attribute("minutes")),
    ),
)
