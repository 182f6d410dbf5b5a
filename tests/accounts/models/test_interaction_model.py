from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError

from accounts.models import Acquaintance, Interaction
from tests.base import MONDAY, ClaveTest
from tests.factories import make_interaction, make_stakeholder

DAY = timedelta(days=1)


class InteractionModelTest(ClaveTest):
    def setUp(self) -> None:
        self.paola = make_stakeholder(self.acme)

    def last(self) -> tuple[object, object]:
        self.paola.refresh_from_db()
        return self.paola.last_contact_at, self.paola.last_two_way_at

    def test_it_moves_the_last_contact(self) -> None:
        make_interaction(self.paola, by=self.alice, at=MONDAY)

        self.assertEqual(self.last(), (MONDAY, MONDAY))

    def test_an_older_one_entered_late_does_not_move_it_back(self) -> None:
        make_interaction(self.paola, by=self.alice, at=MONDAY)
        make_interaction(self.paola, by=self.alice, at=MONDAY - 9 * DAY)

        self.assertEqual(self.last(), (MONDAY, MONDAY))

    def test_an_unanswered_mail_is_a_contact_but_not_both_ways(self) -> None:
        make_interaction(self.paola, by=self.alice, at=MONDAY, kind="email", is_two_way=False)

        self.assertEqual(self.last(), (MONDAY, None))

    def test_a_note_of_our_own_is_no_contact(self) -> None:
        make_interaction(self.paola, by=self.alice, at=MONDAY, kind="note")

        self.assertEqual(self.last(), (None, None))

    def test_the_same_token_is_logged_once(self) -> None:
        token = uuid4()
        for _again in range(2):
            make_interaction(self.paola, by=self.alice, at=MONDAY, token=token)

        self.assertEqual(Interaction.objects.count(), 1)
        self.assertEqual(len(Interaction.objects.get().theirs), 1)

    def test_people_of_two_accounts_do_not_meet_in_one_entry(self) -> None:
        stranger = make_stakeholder(self.other, "Stranger")

        with self.assertRaises(ValidationError):
            make_interaction(self.paola, stranger, by=self.alice, at=MONDAY)

    def test_who_spoke_with_each_other_knows_each_other(self) -> None:
        Acquaintance.set(self.bob, self.paola, level=3, wanted=4, by=self.alice)

        make_interaction(self.paola, by=self.alice, at=MONDAY, ours=[self.alice, self.bob])

        levels = dict(Acquaintance.objects.values_list("user__name", "level"))
        self.assertEqual(levels, {"Alice Alvarez": 1, "Bob Baker": 3})

    def test_taking_it_back_returns_the_last_contact_that_remains(self) -> None:
        make_interaction(
            self.paola, by=self.alice, at=MONDAY - 9 * DAY, kind="email", is_two_way=False
        )
        wrong = make_interaction(self.paola, by=self.alice, at=MONDAY)

        wrong.take_back(by=self.alice)

        self.assertEqual(self.last(), (MONDAY - 9 * DAY, None))

    def test_taking_back_the_only_one_leaves_a_person_never_met(self) -> None:
        make_interaction(self.paola, by=self.alice, at=MONDAY).take_back(by=self.alice)

        self.assertEqual(self.last(), (None, None))

    def test_the_headline_is_the_first_line_and_the_rest_follows(self) -> None:
        short = Interaction(note="Asked for numbers\nBefore the board meets.")
        long = Interaction(note="word " * 100)

        self.assertEqual(
            (short.headline, short.rest), ("Asked for numbers", "Before the board meets.")
        )
        self.assertLessEqual(len(long.headline), 140)
        self.assertEqual(long.rest, ("word " * 100).strip())
