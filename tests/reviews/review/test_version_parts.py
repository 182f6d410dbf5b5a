"""What a snapshot keeps of what happened, for the PDF in either language."""

from datetime import timedelta

from kam.lib.text.reader import Reader, reading_as
from planning.models import Snapshot
from planning.report.pages import PlanPages
from reviews.health.health import USUAL
from reviews.models import Reading
from tests.base import MONDAY, TODAY, ClaveTest


class FrozenTest(ClaveTest):
    def reading(self, days: int, health: int, coverage: str) -> None:
        Reading.objects.create(
            account=self.acme, day=TODAY - timedelta(days=days), made_at=MONDAY, health=health,
            coverage=coverage, weights=USUAL,
        )  # fmt: skip

    def pages(self, language: str) -> PlanPages:
        snapshot = Snapshot.take(self.plan, by=self.alice, at=MONDAY)
        with reading_as(Reader(language, "", "Europe/Berlin")):
            return PlanPages.of(snapshot.data, version=1, today=TODAY)

    def test_health_with_its_parts_and_a_quarter_ago(self) -> None:
        self.reading(0, 64, "64.0")
        self.reading(95, 58, "58.4")

        health = self.pages("en").health

        self.assertEqual((health.score, health.before, health.change), (64, 58, 6))
        parts = {part.label: (part.score, part.change) for part in health.parts}
        self.assertEqual(parts["Relationships"], (64, 6))
        self.assertEqual(parts["Client issues"], (None, None))

    def test_parts_are_named_in_the_language_of_the_file(self) -> None:
        self.reading(0, 64, "64.0")

        labels = [part.label for part in self.pages("es").health.parts]

        self.assertEqual(labels[0], "Relaciones")
        self.assertEqual(len(labels), 6)

    def test_old_reading_is_no_health_of_today(self) -> None:
        self.reading(40, 64, "64.0")

        self.assertIsNone(self.pages("en").health.score)

    def test_without_a_reading_it_is_not_scored(self) -> None:
        health = self.pages("en").health

        self.assertEqual((health.score, health.parts), (None, []))
