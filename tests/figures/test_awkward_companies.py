"""Every figure at every place where it stands, against an independent computation."""

import csv
import re
from datetime import timedelta
from fractions import Fraction
from typing import ClassVar

import time_machine
from django.test import TestCase

from accounts.models import Account
from accounts.models.standing import refresh
from reviews.health.health import USUAL
from reviews.health.health_snapshots import keep
from reviews.models import Reading
from tests.base import MONDAY, TODAY
from tests.figures.companies import Company, draw_up
from tests.figures.computed import (
    Computed,
    computed,
    concentration_of,
    growth_of,
    half_up,
    retention_of,
)
from tests.figures.places import everywhere

NOT_SCORED = {"en": "not scored", "es": "sin evaluar"}
ON_LAST_YEAR = {"en": "on last year", "es": "frente al año pasado"}
AS_MUCH = {"en": "as much as in the twelve before", "es": "lo mismo que en los doce"}
OF_TWELVE = {"en": "{} of 12 months", "es": "{} de 12 meses"}
PARTS_OF = {"en": "{} of 6 parts", "es": "{} de 6 partes"}
HEALTH = {"en": "Health", "es": "Salud"}
RETENTION = {
    "en": ("Net revenue retention", "Gross revenue retention", "Concentration"),
    "es": ("Retención neta de ingresos", "Retención bruta de ingresos", "Concentración"),
}
GROWTH = {"en": "Growth", "es": "Crecimiento"}
WON = {"en": "Won this year", "es": "Ganadas este año"}
PART = {
    "coverage": {"en": "Relationships", "es": "Relaciones"},
    "engagement": {"en": "Engagement", "es": "Interacción"},
    "progress": {"en": "Plan progress", "es": "Avance del plan"},
    "commercial": {"en": "Commercial trend", "es": "Tendencia comercial"},
}


def signed(share: Fraction) -> str:
    """+12 %, −9 %, 0 %."""
    whole = half_up(share * 100)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{abs(whole)} %"


class AwkwardCompaniesTest(TestCase):
    companies: ClassVar[dict[str, Company]]
    figures: ClassVar[dict[str, Computed]]
    said: ClassVar[dict[tuple[str, str], dict[str, str]]]

    @classmethod
    def setUpTestData(cls) -> None:
        with time_machine.travel(MONDAY, tick=False):
            cls.companies = draw_up()
            ids = list(Account.objects.order_by("pk").values_list("pk", flat=True))
            refresh(ids, at=MONDAY)
            cls.write_older_readings()
            keep(ids, MONDAY)
            cls.figures = {key: computed(c.account) for key, c in cls.companies.items()}
            cls.said = {
                (key, language): everywhere(company, language)
                for key, company in cls.companies.items()
                for language in company.readers
            }

    @classmethod
    def write_older_readings(cls) -> None:
        """A week and a quarter ago every health was 20: all of them are movers now."""
        parts = dict.fromkeys(("coverage", "engagement", "progress", "commercial"), 20)
        for company in cls.companies.values():
            for days in (7, 90):
                day = TODAY - timedelta(days=days)
                facts = {"account": company.account, "made_at": MONDAY, "weights": USUAL}
                reading = Reading(day=day, **facts, **parts)
                reading.health = reading.sum.score
                reading.save()

    def assert_everywhere(self, key: str, language: str, words: dict[str, str]) -> None:
        """By place the words that stand there, literally."""
        for place, expected in words.items():
            with self.subTest(company=key, language=language, place=place):
                self.assertIn(expected, self.said[key, language][place])

    def row_of(self, key: str, place: str) -> dict[str, str]:
        """Of a file the row of the company, by the heads of its columns."""
        rows = csv.DictReader(self.said[key, "en"][place].splitlines())
        (found,) = [row for row in rows if row["Account"] == self.companies[key].account.name]
        return found

    def portfolio_of(self, key: str) -> list[Account]:
        """Archived ones too: who left is part of what was kept."""
        return list(Account.objects.filter(memberships__user=self.companies[key].kam))

    # --- Figure by figure ----------------------------------------------------------------------

    def test_the_companies_are_as_awkward_as_they_are_meant(self) -> None:
        pairs = {key: figures.pairs for key, figures in self.figures.items()}
        healthless = {key for key, figures in self.figures.items() if figures.health is None}

        self.assertEqual(len(self.companies), 12)
        self.assertEqual((pairs["elevenoftwelve"], pairs["oneyearonly"]), (11, 0))
        self.assertIsNone(self.figures["firstweek"].parts["engagement"])
        self.assertIsNone(self.figures["withoutarate"].value)
        self.assertIsNone(self.figures["everythingdropped"].parts["progress"])
        self.assertEqual(self.figures["fiscaljuly"].won_this_year, 1)
        self.assertEqual(healthless, {"firstweek", "oneyearonly"})

    def test_growth_says_on_how_many_months_it_rests(self) -> None:
        for (key, language), said in self.said.items():
            figures = self.figures[key]
            if figures.growth is None:
                for place in ("overview", "one page", "one-page PDF"):
                    with self.subTest(company=key, language=language, place=place):
                        self.assertNotIn(ON_LAST_YEAR[language], said[place])
                continue
            words = signed(figures.growth)
            if figures.pairs < 12:
                words += f" ({OF_TWELVE[language].format(figures.pairs)})"
            line = f"{words} {ON_LAST_YEAR[language]}"
            places = ("overview", "one page", "one-page PDF")
            money = {"money": words if figures.growth else AS_MUCH[language]}
            self.assert_everywhere(key, language, money | dict.fromkeys(places, line))

    def test_growth_in_files(self) -> None:
        for key, figures in self.figures.items():
            for place in ("list as CSV", "portfolio as CSV"):
                with self.subTest(company=key, place=place):
                    row = self.row_of(key, place)
                    grown, pairs = row["On last year"], row["Months compared"]
                    self.assertEqual(int(pairs), figures.pairs)
                    self.assertEqual(grown == "", figures.growth is None)
                    if figures.growth is not None:
                        self.assertAlmostEqual(float(grown), float(figures.growth), places=3)

    def test_value_now_in_files(self) -> None:
        for key, figures in self.figures.items():
            with self.subTest(company=key):
                value = self.row_of(key, "list as CSV")["Value now"]
                self.assertEqual(value == "", figures.value is None)
                if figures.value is not None:
                    self.assertAlmostEqual(float(value), float(figures.value), places=2)

    def test_growth_and_retention_of_the_portfolio(self) -> None:
        for (key, language), said in self.said.items():
            accounts = self.portfolio_of(key)
            growth, labels = growth_of(accounts), RETENTION[language]
            figures = [*retention_of(accounts), concentration_of(accounts)]
            shown = [None if f is None else f"{half_up(f * 10) / 10:.1f} %" for f in figures]
            if figures[2] is not None:
                shown[2] = f"{half_up(figures[2])} %"
            words = [(GROWTH[language], None if growth is None else signed(growth))]
            for label, figure in [*words, *zip(labels, shown, strict=True)]:
                with self.subTest(company=key, language=language, figure=label):
                    expected = f"{label} {figure or NOT_SCORED[language]}"
                    self.assertIn(expected, said["portfolio"])

    def test_every_part_of_health_in_its_popover(self) -> None:
        for (key, language), said in self.said.items():
            for part, score in self.figures[key].parts.items():
                label = PART[part][language]
                words = (
                    NOT_SCORED[language] if score is None else f"{half_up(score * 10) / 10:.1f} "
                )
                with self.subTest(company=key, language=language, part=label):
                    self.assertIn(f"{label} {words}", said["overview"])

    def test_health_says_on_how_many_parts_it_rests(self) -> None:
        for key, language in self.said:
            figures = self.figures[key]
            parts = PARTS_OF[language].format(figures.scored)
            label, none = HEALTH[language], NOT_SCORED[language]
            places = ("one page", "one-page PDF", "full PDF")
            if figures.health is None:
                self.assert_everywhere(
                    key, language, dict.fromkeys(places, f"{label} {none}") | {"overview": parts}
                )
                continue
            with_parts = dict.fromkeys(("overview", "portfolio", "list", *places), parts)
            self.assert_everywhere(key, language, with_parts)
            scores = dict.fromkeys(places, f"{label} {figures.health}")
            self.assert_everywhere(key, language, scores)

    def test_health_in_files(self) -> None:
        for key, figures in self.figures.items():
            for place in ("list as CSV", "portfolio as CSV"):
                with self.subTest(company=key, place=place):
                    row = self.row_of(key, place)
                    health, parts = row["Health"], row["Parts of health scored"]
                    shown = None if health == "" else int(float(health))
                    self.assertEqual((shown, int(parts)), (figures.health, figures.scored))

    def test_health_in_the_digest_is_the_same(self) -> None:
        """Where the account is listed there; the digest names only what moved or needs somebody."""
        named = 0
        for (key, language), said in self.said.items():
            digest = said.get("digest", "")
            for found in re.findall(rf"{HEALTH[language]} (\d+)", digest):
                named += 1
                with self.subTest(company=key, language=language):
                    self.assertEqual(int(found), self.figures[key].health)
                    self.assertIn(PARTS_OF[language].format(self.figures[key].scored), digest)
        self.assertGreater(named, 0)

    def test_a_deal_won_before_july_is_of_the_year_before(self) -> None:
        won = self.figures["fiscaljuly"].won_this_year
        for language in ("en", "es"):
            line = f"{WON[language]} {won} "
            self.assert_everywhere("fiscaljuly", language, {"overview": line, "full PDF": line})

    def test_a_child_that_the_reader_may_not_see_is_nowhere(self) -> None:
        for language in ("en", "es"):
            for place, text in self.said["hiddenchild", language].items():
                with self.subTest(language=language, place=place):
                    self.assertNotIn("Hidden child", text)
