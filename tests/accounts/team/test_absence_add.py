from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Absence, Membership
from tests.base import ClaveTest
from tests.factories import make_absence


class AbsenceAddTest(ClaveTest):
    def setUp(self) -> None:
        self.member = Membership.objects.get(account=self.acme, user=self.bob)
        self.client.force_login(self.bob)

    def name(self, **changes: object) -> Any:
        fields = {"deputy": self.stefan.pk, "starts": "2026-12-01", "ends": "2026-12-14"}
        url = reverse("accounts:absence_add", args=[self.member.pk])
        return self.client.post(url, {**fields, **changes})

    def test_a_member_names_their_deputy(self) -> None:
        self.name()

        absence = Absence.objects.get()
        self.assertEqual((absence.person, absence.deputy), (self.bob, self.stefan))

    def test_one_day_is_a_whole_absence(self) -> None:
        self.assertEqual(self.name(ends="2026-12-01").status_code, 302)

    def test_an_end_before_the_beginning_is_refused(self) -> None:
        response = self.name(ends="2026-11-30")

        self.assertContains(response, "before the first", status_code=422)

    def test_two_deputies_on_one_day_are_refused(self) -> None:
        self.name()

        response = self.name(starts="2026-12-14", ends="2026-12-20")

        self.assertContains(response, "for some of these days", status_code=422)

    def test_the_database_refuses_two_at_once_as_well(self) -> None:
        make_absence(self.bob, self.acme, deputy=self.stefan)

        with self.assertRaisesMessage(ValidationError, "for some of these days"):
            make_absence(self.bob, self.acme, deputy=self.vera)

    def test_nobody_stands_in_for_themselves(self) -> None:
        self.assertEqual(self.name(deputy=self.bob.pk).status_code, 422)

    def test_nonsense_days_are_refused(self) -> None:
        for day in ["", "yesterday", "2026-02-30", "0000-00-00"]:
            with self.subTest(day):
                self.assertEqual(self.name(starts=day).status_code, 422)

    def test_who_leads_may_name_one_for_others_and_who_edits_may_not(self) -> None:
        self.client.force_login(self.alice)
        self.assertEqual(self.name().status_code, 302)

        self.client.force_login(self.vera)
        self.assertEqual(self.name().status_code, 403)

    def test_it_can_be_withdrawn(self) -> None:
        absence = make_absence(self.bob, self.acme, deputy=self.stefan)

        self.client.post(reverse("accounts:absence_cancel", args=[absence.pk]))

        self.assertFalse(Absence.objects.exists())
        event = Absence.pgh_event_model.objects.order_by("-pgh_id").first()  # type: ignore[attr-defined]  # django-pghistory adds it
        self.assertEqual(
            (event.pgh_label, event.pgh_context.metadata["user"]), ("delete", self.bob.pk)
        )
