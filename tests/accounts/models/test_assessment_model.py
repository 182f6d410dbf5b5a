from datetime import date, timedelta

from django.db import IntegrityError, transaction

from accounts.models import Assessment
from tests.base import TODAY, ClaveTest
from tests.factories import make_assessment, make_stakeholder

DAY = timedelta(days=1)


class AssessmentModelTest(ClaveTest):
    def setUp(self) -> None:
        self.paola = make_stakeholder(self.acme)

    def current(self, day: date = TODAY) -> list[int]:
        return [opinion.disposition for opinion in Assessment.objects.current(day)]

    def test_the_newest_opinion_counts(self) -> None:
        make_assessment(self.paola, -1, by=self.alice, on=TODAY - 90 * DAY)
        make_assessment(self.paola, 1, by=self.bob, on=TODAY - DAY)

        self.assertEqual(self.current(), [1])
        self.assertEqual(self.current(TODAY - 2 * DAY), [-1])

    def test_of_two_on_one_day_the_later_one_counts(self) -> None:
        make_assessment(self.paola, -1, by=self.alice, on=TODAY)
        make_assessment(self.paola, 2, by=self.bob, on=TODAY)

        self.assertEqual(self.current(), [2])

    def test_an_opinion_expires_and_nothing_takes_its_place(self) -> None:
        make_assessment(self.paola, 1, by=self.alice, on=TODAY - 365 * DAY)

        self.assertEqual(self.current(), [])
        self.assertEqual(self.current(TODAY - DAY), [1])

    def test_still_true_gives_it_another_year_under_the_name_of_who_said_so(self) -> None:
        opinion = make_assessment(self.paola, 1, by=self.alice, on=TODAY - 364 * DAY)

        opinion.confirm(by=self.bob, on=TODAY)

        self.assertEqual(self.current(TODAY + 364 * DAY), [1])
        self.assertEqual((opinion.author, opinion.confirmed_by), (self.alice, self.bob))

    def test_without_evidence_it_is_a_guess(self) -> None:
        self.assertTrue(
            make_assessment(self.paola, 0, by=self.alice, on=TODAY, evidence="").is_guess
        )
        self.assertFalse(make_assessment(self.paola, 0, by=self.alice, on=TODAY).is_guess)

    def test_the_database_knows_five_dispositions(self) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            Assessment.objects.create(
                account=self.acme, stakeholder=self.paola, disposition=3, made_on=TODAY,
                author=self.alice, expires_on=TODAY + DAY, is_guess=True,
            )  # fmt: skip
