from datetime import timedelta
from io import BytesIO
from typing import Any

from django.utils.timezone import now
from pypdf import PdfReader

from planning.models import Objective, Report, Snapshot
from planning.models.report import Form
from planning.models.snapshot import Reason
from planning.report.drawing import draw
from tests.base import ClaveTest
from tests.factories import make_action, make_assessment, make_objective, make_stakeholder

COMPANY = "Aseguradora y Administradora Hospitalaria del Altiplano Central, Sociedad Anonima"
OBJECTIVE = "Bring the whole diagnostic imaging department to the paid plan, with its training {}"
# Where the feet begin, in points from the lower edge of the paper.
FEET = 42


def bare(words: str) -> str:
    """As pages are read back: a line that breaks leaves no blank."""
    return "".join(words.split())


class OnePageFitsTest(ClaveTest):
    """Nothing of the sheet is cut away, whatever it has to hold."""

    def setUp(self) -> None:
        Objective.objects.all().delete()
        type(self.acme).objects.filter(pk=self.acme.pk).update(name=COMPANY)
        self.plan.refresh_from_db()

    def fill(self, objectives: int, people: int, against: int) -> None:
        for n in range(objectives):
            row = make_objective(self.plan, owner=self.bob, title=OBJECTIVE.format(n + 100))
            due = self.alice.today(now()) + timedelta(days=30 + n)
            make_action(row, owner=self.bob, title=f"Then: {row.title}", due=due)
        for n in range(people):
            person = make_stakeholder(self.acme, f"Person {n}")
            if n < against:
                day = self.alice.today(now())
                make_assessment(person, -1, by=self.alice, on=day)

    def words(self, language: str = "en", *, names: bool = True) -> list[tuple[float, str]]:
        """Height above the lower edge, and the words there."""
        snapshot = Snapshot.take(self.plan, by=self.alice, at=now(), reason=Reason.REPORT)
        report = Report.of(
            snapshot, by=self.alice, language=language, form=Form.ONE_PAGE, names=names
        )
        made = draw(report, tell=lambda _step: None)
        pdf = PdfReader(BytesIO(made))
        self.assertEqual(len(pdf.pages), 1)
        found: list[tuple[float, str]] = []

        def visit(text: str, cm: Any, tm: Any, _font: Any, _size: Any) -> None:
            found.append((tm[5] * cm[3] + cm[5], text))

        pdf.pages[0].extract_text(visitor_text=visit)
        return [(height, text) for height, text in found if text.strip()]

    def text(self, words: list[tuple[float, str]]) -> str:
        return "".join("".join(text for _height, text in words).split())

    def test_long_names_and_twelve_objectives_stand_whole(self) -> None:
        self.fill(12, 40, 0)
        for language in ("en", "es"):
            with self.subTest(language):
                words = self.words(language)
                text = self.text(words)
                self.assertIn(bare(COMPANY), text)
                self.assertIn(bare(OBJECTIVE.format(100)), text)
                self.assertGreater(min(height for height, _text in words), FEET - 30)
                low = [h for h, said in words if "Then" in said]
                self.assertGreater(min(low), FEET)

    def test_one_and_none(self) -> None:
        self.assertIn(bare("no objective yet"), self.text(self.words()))
        self.fill(1, 0, 0)
        self.assertIn(bare(OBJECTIVE.format(100)), self.text(self.words()))

    def test_it_says_how_many_people_are_not_shown(self) -> None:
        self.fill(1, 5, 3)

        self.assertIn(bare("3 people are not shown"), self.text(self.words(names=False)))
        self.assertNotIn(bare("not shown"), self.text(self.words(names=True)))
