"""The frame of every page: rail, counts and looks. It comes with the person's own row, no query.

Actions that change a rail forget it (`forget_rails`); the next page of that person draws it anew
with a few queries and keeps it for the day.
"""

from datetime import date
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Account, User
from accounts.models.absence import today_here
from kam.lib.charts.charts import state_of
from kam.lib.site import public_heading, site
from planning.models import Action
from reviews.models import Review

# key, address, icon
NAV = [
    ("today", "today", "sun"),
    ("accounts", "accounts:accounts", "building-2"),
    ("portfolio", "reviews:portfolio", "chart-scatter"),
    ("reviews", "reviews:reviews", "calendar-check-2"),
    ("interactions", "accounts:interactions", "messages-square"),
]
ADMIN_NAV = [
    ("site", "accounts:site", "settings"),
    ("users", "accounts:users", "users"),
    ("products", "accounts:products", "package"),
    ("rates", "accounts:rates", "coins"),
    ("health", "reviews:health_weights", "gauge"),
    ("imports", "integrations:imports", "upload"),
]
OUTBOX = ("outbox", "outbox", "inbox")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Public pages get the company's name only; a fragment asks for nothing."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"shell": {"company": public_heading(), "theme": "auto", "density": "compact"}}
    user = request.user
    return {"shell": SimpleLazyObject(lambda: _shell_of(user, request))}


def _shell_of(user: User, request: HttpRequest) -> dict[str, Any]:
    rail = current_rail(user, user.today(now()))
    here = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "company": site().heading,
        "theme": user.theme,
        "density": user.density,
        "is_admin": user.is_admin,
        "user": {
            "name": user.name,
            "url": reverse("accounts:settings"),
            "language": user.language,
        },
        "counts": rail["counts"],
        "nav": _nav(_entries(user), rail["counts"], here),
        "log_url": reverse("interaction_log"),
        "accounts": _accounts(rail["accounts"], request.path),
    }


def current_rail(user: User, day: date) -> dict[str, Any]:
    """The kept rail; drawn anew when it was forgotten or is of another day.

    The day is the reader's; absences begin and end with the day of the installation.
    """
    if user.rail_day != day or user.rail.get("here") != today_here().isoformat():
        user.rail = draw_rail(user, day)
        user.rail_day = day
        User.objects.filter(pk=user.pk).update(rail=user.rail, rail_day=day)
    return cast(dict[str, Any], user.rail)


def draw_rail(user: User, day: date) -> dict[str, Any]:
    mine = Account.objects.visible_to(user).of_team(user).active().by_name()
    accounts = mine.select_related("standing")[:12]
    return {
        "here": today_here().isoformat(),
        "accounts": [[a.pk, a.name, state_of(a.health)] for a in accounts],
        "counts": {
            "today": Action.objects.visible_to(user)
            .open()
            .owned_by(user)
            .due_by_end_of_week(day)
            .count(),
            "reviews": Review.objects.visible_to(user).coming_this_week(user.zone, day).count(),
        },
    }


def _entries(user: User) -> list[tuple[str, str, str]]:
    if not user.is_admin:
        return NAV
    has_outbox = settings.MAIL_STAYS_HERE and settings.DEMO_LOCAL
    return [*NAV, *ADMIN_NAV, *([OUTBOX] if has_outbox else [])]


def _nav(
    entries: list[tuple[str, str, str]], counts: dict[str, int], here: str
) -> list[dict[str, Any]]:
    labels = {
        "today": _("Today"),
        "accounts": _("Accounts"),
        "portfolio": _("Portfolio"),
        "reviews": _("Reviews"),
        "interactions": _("Interactions"),
        "site": pgettext("installation", "Site"),
        "users": _("People"),
        "products": _("Products"),
        "rates": _("Exchange rates"),
        "imports": _("Imports"),
        "health": _("Health"),
        "outbox": _("Outbox"),
    }
    return [
        {
            "key": key,
            "url": reverse(url),
            "icon": icon,
            "label": labels[key],
            "count": counts.get(key, 0),
            "current": here == url or (key == "reviews" and _is_of_reviews(here)),
        }
        for key, url, icon in entries
    ]


def _is_of_reviews(here: str) -> bool:
    """The portfolio and the weights of health live beside the reviews, and have places of their own."""
    elsewhere = {"reviews:portfolio", "reviews:health_weights"}
    return here.startswith("reviews:") and here not in elsewhere


def _accounts(rows: list[list[Any]], path: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "url": (url := reverse("overview", args=[pk])),
            "state": state,
            "current": path.startswith(url),
        }
        for pk, name, state in rows
    ]
