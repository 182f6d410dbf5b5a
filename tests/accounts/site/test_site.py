from datetime import UTC, date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.test import override_settings

from accounts.commerce.periods import fiscal_year, site_day, year_words
from accounts.models import Site, Standing
from accounts.models.rates import reporting_currency
from kam.lib.site import site
from tests.base import ClaveTest
from tests.factories import make_site

# New year's morning in Bogotá, still the old year's last hours there.
EVE = datetime(2027, 1, 1, 3, 0, tzinfo=UTC)


class SiteTest(ClaveTest):
    def test_before_it_is_filled_in_the_settings_speak(self) -> None:
        self.assertFalse(site().is_stored)
        self.assertEqual((site().heading, site().time_zone), ("Clave", "Europe/Berlin"))

    def test_what_is_stored_is_read_everywhere(self) -> None:
        make_site(company="Acero Andino", currency="COP", time_zone="America/Bogota")

        self.assertEqual((site().heading, reporting_currency()), ("Acero Andino", "COP"))
        self.assertEqual(site_day(EVE), date(2026, 12, 31))

    def test_it_is_read_once(self) -> None:
        make_site()
        site()

        with self.assertNumQueries(0):
            site()

    def test_a_second_row_is_refused(self) -> None:
        make_site()

        with self.assertRaises(IntegrityError), transaction.atomic():
            Site.objects.create(pk=2, company="Another")

    def test_the_database_refuses_what_makes_no_sense(self) -> None:
        nonsense: list[dict[str, Any]] = [
            {"company": ""},
            {"currency": "eur"},
            {"fiscal_month": 13},
            {"working_days": []},
            {"working_days": [1, 8]},
            {"language": "en", "region": "es-MX"},
        ]
        for wrong in nonsense:
            fields = {"company": "Acme", **wrong}
            with self.subTest(wrong), self.assertRaises(IntegrityError), transaction.atomic():
                Site.objects.create(pk=1, **fields)

    @override_settings(SITE_PRESETS={"currency": ("CURRENCY", "MXN")})
    def test_what_the_environment_presets_wins(self) -> None:
        make_site(currency="EUR")

        self.assertEqual(site().currency, "MXN")

    def test_the_fiscal_year_begins_in_the_month_that_the_site_says(self) -> None:
        make_site(fiscal_month=7)

        june, july = fiscal_year(date(2026, 6, 30)), fiscal_year(date(2026, 7, 1))
        self.assertEqual((june.start, june.end), (date(2025, 7, 1), date(2026, 7, 1)))
        self.assertEqual((july.start, july.end), (date(2026, 7, 1), date(2027, 7, 1)))
        self.assertEqual((year_words(june), year_words(july)), ("2025/26", "2026/27"))

    def test_a_fiscal_year_of_the_calendar_is_called_by_its_number(self) -> None:
        year = fiscal_year(date(2026, 12, 31))

        self.assertEqual((year.start, year_words(year)), (date(2026, 1, 1), "2026"))

    def test_figures_are_made_anew_when_they_count_otherwise(self) -> None:
        make_site()
        Standing.objects.update_or_create(account=self.acme, defaults={"day": date(2026, 11, 23)})

        Site.fill(by=self.root, company="New name")
        self.assertTrue(Standing.objects.filter(account=self.acme).exclude(day=None).exists())
        Site.fill(by=self.root, fiscal_month=4)
        self.assertFalse(Standing.objects.filter(account=self.acme).exclude(day=None).exists())

    def test_who_changed_it_is_kept(self) -> None:
        make_site()

        here = Site.fill(by=self.root, company="New name")

        event = here.events.order_by("-pgh_id").first()  # type: ignore[attr-defined]  # django-pghistory adds it
        self.assertEqual(event.company, "New name")
        self.assertEqual(event.pgh_context.metadata["user"], self.root.pk)
        self.assertEqual(event.pgh_context.metadata["action"], "site.change")
