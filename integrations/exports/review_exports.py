"""Reviews as a table."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.lib.tabular.listing import ListColumn, Listing, attribute


def people(review: Any) -> str:
    return ", ".join(one.user.name for one in review.people)


REVIEWS = Listing(
    "reviews",
    (
        ListColumn("", _("Account"), attribute("account.name")),
        ListColumn("", _("Starts"), lambda review: review.starts_at.isoformat()),
        ListColumn("", _("Minutes"), attribute("length")),
        ListColumn("", _("Kind"), lambda review: str(review.series.get_kind_display())),
        ListColumn("", _("State"), lambda review: str(review.get_state_display())),
        ListColumn("", _("Owner"), attribute("series.owner.name")),
        ListColumn("", _("People"), people),
        ListColumn("", _("Why it is skipped"), attribute("reason")),
        ListColumn("", _("Agenda"), attribute("agenda")),
        ListColumn("", _("Minutes of the meeting"), attribute("minutes")),
    ),
)
