"""The installation: one company, its currency, fiscal year, clock, words and working calendar."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import REGIONS, User, check_time_zone
from kam.lib.data import history
from kam.lib.outbox.wake import wake_later
from kam.lib.site import MONDAY_TO_FRIDAY, SiteFacts, forget_site, site_from
from kam.lib.text.currencies import check_currency

ONLY = 1
DAYS_OF_WEEK = [1, 2, 3, 4, 5, 6, 7]
# What figures of all accounts are made of.
COUNTS_BY = {"currency", "time_zone", "fiscal_month"}

Follow = Callable[[set[str]], None]
_followers: list[Follow] = []


def follows_site(function: Follow) -> Follow:
    """An app above keeps something that follows from the site: it is told which fields changed."""
    _followers.append(function)
    return function


def monday_to_friday() -> list[int]:
    return list(MONDAY_TO_FRIDAY)


@history.tracked()
class Site(models.Model):
    """One row. `kam.lib.site.site()` is how everybody reads it."""

    company = models.CharField(_("Company"), max_length=120)
    currency = models.CharField(
        _("Reporting currency"), max_length=3, default="EUR", validators=[check_currency]
    )
    fiscal_month = models.PositiveSmallIntegerField(
        _("The fiscal year begins in"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    time_zone = models.CharField(
        _("Time zone"), max_length=40, default="UTC", validators=[check_time_zone]
    )
    language = models.CharField(
        _("Language"), max_length=2, default="en", choices=[("en", "English"), ("es", "Español")]
    )
    region = models.CharField(
        _("Region"),
        max_length=5,
        default="en-GB",
        choices=[(r, r) for rs in REGIONS.values() for r in rs],
    )
    working_days = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("Working days"), default=monday_to_friday
    )
    # [["2026-12-25", "Christmas Day"], …], by day.
    holidays = models.JSONField(_("Holidays"), default=list, blank=True)
    # Of the first day: steps that somebody left out for now, and whether the page was put away.
    skipped_steps = ArrayField(
        models.CharField(max_length=12), default=list, db_default=[], blank=True
    )
    first_day_hidden = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=ONLY), name="site_is_one"),
            models.CheckConstraint(condition=~Q(company=""), name="site_has_company"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="site_currency_three_letters"
            ),
            models.CheckConstraint(
                condition=Q(fiscal_month__range=(1, 12)), name="site_fiscal_month"
            ),
            models.CheckConstraint(
                condition=Q(working_days__len__gt=0) & Q(working_days__contained_by=DAYS_OF_WEEK),
                name="site_working_days",
            ),
            models.CheckConstraint(
                condition=Q(region__startswith=models.F("language")), name="site_region_of_language"
            ),
        ]

    def __str__(self) -> str:
        return self.company

    @property
    def facts(self) -> SiteFacts:
        """As the product reads it: what the environment presets wins over the row."""
        stored = {
            "company": self.company,
            "currency": self.currency,
            "fiscal_month": self.fiscal_month,
            "time_zone": self.time_zone,
            "language": self.language,
            "region": self.region,
            "working_days": tuple(self.working_days),
            "holidays": tuple(sorted(date.fromisoformat(day) for day, _name in self.holidays)),
        }
        return SiteFacts(**{**stored, **preset_values()}, is_stored=True)

    @classmethod
    def stored(cls) -> "Site | None":
        return cls.objects.filter(pk=ONLY).first()

    @classmethod
    def here(cls) -> "Site":
        """The row, or an unsaved one with what the environment says."""
        return cls.stored() or cls(pk=ONLY, **preset_values())

    @classmethod
    def skip(cls, step: str, *, by: User) -> None:
        """A step of the first day is left for later; twice is once. Nothing can be left out before
        there is a company."""
        here = cls.stored()
        if here and step not in here.skipped_steps:
            cls.fill(by=by, skipped_steps=[*here.skipped_steps, step])

    @classmethod
    def resume(cls, step: str, *, by: User) -> None:
        if here := cls.stored():
            cls.fill(by=by, skipped_steps=[one for one in here.skipped_steps if one != step])

    @classmethod
    def put_away(cls, *, by: User, hidden: bool) -> None:
        """The page of the first day leads nobody on any more, or does so again."""
        if cls.stored():
            cls.fill(by=by, first_day_hidden=hidden)

    @classmethod
    def fill(cls, *, by: User | None, **fields: Any) -> "Site":
        """Fill it in or change it; only what differs is written, and what follows from it is led on."""
        from accounts.models.rates import ExchangeRate

        with history.action("site.change", by=by.pk if by else None):
            here = cls._locked()
            before = here.currency
            changed = {n for n, v in fields.items() if here._state.adding or getattr(here, n) != v}
            for name, value in fields.items():
                setattr(here, name, value)
            if here._state.adding:
                here.save(force_insert=True)
            elif changed:
                here.save(update_fields=sorted(changed))
            if "currency" in changed and before != here.currency:
                ExchangeRate.objects.carry_over(before, here.currency)
            here.lead_on(changed)
        return here

    @classmethod
    def _locked(cls) -> "Site":
        return cls.objects.select_for_update().filter(pk=ONLY).first() or Site(
            pk=ONLY, **preset_values()
        )

    def lead_on(self, changed: set[str]) -> None:
        from accounts.models.standing import Standing

        forget_site()
        transaction.on_commit(forget_site)
        User.objects.all().forget_rails()
        if changed & COUNTS_BY and Standing.objects.exclude(day=None).update(day=None):
            # Other processes remember the old site for a moment longer.
            wake_later("accounts.make_standings_anew", settings.SITE_KEPT_SECONDS + 1)
        for follow in _followers:
            follow(changed)


def preset_values() -> dict[str, Any]:
    return {name: value for name, (_variable, value) in settings.SITE_PRESETS.items()}


def preset_by(field: str) -> str:
    """The environment variable that presets a field; empty when none does."""
    return str(settings.SITE_PRESETS.get(field, ("", None))[0])


@site_from
def read_site() -> SiteFacts | None:
    stored = Site.stored()
    return stored.facts if stored else None
