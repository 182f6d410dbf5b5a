from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Stakeholder
from kam.lib.data import history
from kam.lib.data.seen import StaleFields
from tests.base import MONDAY, ClaveTest
from tests.factories import make_stakeholder


class StakeholderModelTest(ClaveTest):
    def setUp(self) -> None:
        self.ceo = make_stakeholder(self.acme, "Camila Restrepo", influence="high")
        self.cto = make_stakeholder(self.acme, "Andrés Villalobos", reports_to=self.ceo)
        self.vp = make_stakeholder(self.acme, "Paola Herrera", reports_to=self.cto)

    def test_the_rhythm_follows_the_influence_until_one_is_agreed(self) -> None:
        rhythms = [Stakeholder(influence=level).rhythm for level in ("high", "medium", "low")]

        self.assertEqual(rhythms, [30, 45, 60])
        self.assertEqual(Stakeholder(influence="high", cadence=14).rhythm, 14)

    def test_nobody_reports_to_themselves(self) -> None:
        with self.assertRaises(ValidationError):
            self.vp.change(by=self.alice, reports_to=self.vp)

    def test_a_ring_is_refused(self) -> None:
        with self.assertRaises(ValidationError):
            self.ceo.change(by=self.alice, reports_to=self.vp)

        self.ceo.refresh_from_db()
        self.assertIsNone(self.ceo.reports_to)

    def test_a_manager_of_another_account_is_refused(self) -> None:
        stranger = make_stakeholder(self.other, "Stranger")

        with self.assertRaises(ValidationError):
            self.vp.change(by=self.alice, reports_to=stranger)

    def test_the_database_refuses_the_shortest_ring_too(self) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            Stakeholder.objects.filter(pk=self.vp.pk).update(reports_to=self.vp)

    def test_the_database_refuses_roles_and_levels_it_does_not_know(self) -> None:
        for wrong in ({"roles": ["king"]}, {"influence": "huge"}, {"cadence": 0}, {"name": ""}):
            with self.subTest(wrong), self.assertRaises(IntegrityError), transaction.atomic():
                Stakeholder.objects.filter(pk=self.vp.pk).update(**wrong)

    def test_a_change_over_what_was_not_seen_is_stale_and_writes_nothing(self) -> None:
        Stakeholder.objects.get(pk=self.vp.pk).change(by=self.bob, title="VP")

        with self.assertRaises(StaleFields) as caught:
            self.vp.change(by=self.alice, seen={"title": "", "phone": ""}, title="Boss", phone="1")

        self.assertEqual(caught.exception.current, {"title": "VP"})
        self.vp.refresh_from_db()
        self.assertEqual((self.vp.title, self.vp.phone), ("VP", ""))

    def test_nothing_and_lists_are_compared_too(self) -> None:
        self.vp.change(
            by=self.alice, seen={"cadence": None, "roles": []}, cadence=14, roles=["uses"]
        )

        self.vp.refresh_from_db()
        self.assertEqual((self.vp.cadence, self.vp.roles), (14, ["uses"]))

    def test_leaving_twice_keeps_the_first_day_and_return_undoes_it(self) -> None:
        self.vp.leave(by=self.alice, at=MONDAY)
        self.vp.leave(by=self.bob, at=MONDAY.replace(hour=12))
        self.assertEqual(self.vp.left_at, MONDAY)

        self.vp.come_back(by=self.alice)
        self.assertFalse(self.vp.is_gone)

    def test_names_are_found_without_accents_and_case(self) -> None:
        make_stakeholder(self.acme, "Núria Muñoz", title="Ñandú", department="Ópera")

        for words in ("munoz", "NURIA opera", "nandu mu"):
            with self.subTest(words):
                found = Stakeholder.objects.find(words)
                self.assertEqual([person.name for person in found], ["Núria Muñoz"])

    def test_every_change_is_kept_with_who_and_what(self) -> None:
        self.vp.change(by=self.bob, title="VP Engineering")

        event = history.events_of(self.vp).order_by("-pgh_id").first()
        self.assertEqual(event.title, "VP Engineering")
        self.assertEqual(event.pgh_context.metadata["action"], "stakeholder.change")
        self.assertEqual(event.pgh_context.metadata["user"], self.bob.pk)

    def test_strangers_see_nobody_and_readers_change_nobody(self) -> None:
        self.assertFalse(Stakeholder.objects.visible_to(self.mallory).exists())
        self.assertEqual(Stakeholder.objects.visible_to(self.vera).count(), 3)
        self.assertFalse(Stakeholder.objects.editable_by(self.vera).exists())
