"""The user guide: one page for each kind of person, in both languages, kept in docs/guide."""

from functools import cache

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Management, User
from accounts.models.team import Role
from kam.lib.text.markdown import Document, document

FOLDER = settings.BASE_DIR / "docs" / "guide"


class GuideKind(models.TextChoices):
    KAM = "kam", _("Key account manager")
    TEAM = "team", _("Account team member")
    SPONSOR = "sponsor", _("Executive sponsor")
    MANAGER = "manager", _("Manager of KAMs")
    ADMINISTRATOR = "administrator", _("Administrator")


def kind_of(user: User) -> GuideKind:
    """Whose page opens first: what takes most of the person's week goes before the rest."""
    roles = set(user.memberships.values_list("role", flat=True))
    if Role.KAM in roles:
        return GuideKind.KAM
    if Management.objects.filter(manager=user).exists():
        return GuideKind.MANAGER
    if Role.SPONSOR in roles or user.sees_portfolio:
        return GuideKind.SPONSOR
    return GuideKind.ADMINISTRATOR if user.is_admin else GuideKind.TEAM


@cache
def guide_for(kind: str, language: str) -> Document:
    """Read once a process: the pages come with the release."""
    return document((FOLDER / f"{kind}.{language}.md").read_text())
