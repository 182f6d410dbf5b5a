"""What people and machines may send: too long, unprintable, in other scripts, with markup."""

from typing import Any

from django.urls import reverse

from planning.models import Profile
from tests.base import ClaveTest
from tests.planning.business_cast import make_swot

HTMX = {"HX-Request": "true"}
MARKUP = "<script>alert(1)</script> **bold** [x](javascript:alert(1))"


class BadInputTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.bob)

    def profile(self, value: str, seen: str = "") -> Any:
        url = reverse("planning:profile_earns", args=[self.acme.pk])
        return self.client.post(url, {"seen": seen, "value": value}, headers=HTMX)

    def comment(self, text: str) -> Any:
        url = reverse("planning:comment_add", args=[self.plan.pk])
        return self.client.post(url, {"text": text}, headers=HTMX)

    def test_a_paste_of_a_hundred_kilobytes_is_refused_and_not_sent_back_whole(self) -> None:
        for response in (self.profile("x" * 100_000), self.comment("x" * 100_000)):
            self.assertEqual(response.status_code, 422)
            self.assertLess(len(response.content), 40_000)

        self.assertFalse(Profile.objects.exists())

    def test_markup_is_text(self) -> None:
        self.assertNotContains(self.profile(MARKUP), "<script>")
        self.assertNotContains(self.comment(MARKUP), "<script>")

        page = self.client.get(reverse("planning:plan", args=[self.acme.pk]))
        self.assertNotContains(page, "<script>alert")

    def test_control_characters_are_refused_by_their_place(self) -> None:
        self.assertContains(self.profile("ab\x00c"), "Character 3", status_code=422)
        self.assertContains(self.comment("ab\x1bc"), "Character 3", status_code=422)

    def test_emoji_and_right_to_left_are_kept_as_they_are(self) -> None:
        text = "🚀 مستشفى الأندلس\nשלום"

        self.profile(text.replace("\n", "\r\n"))

        self.assertEqual(Profile.objects.get().earns, text)

    def test_both_texts_of_a_profile_stay_when_somebody_was_faster(self) -> None:
        Profile.write(self.acme, "earns", seen="", text="By beds", by=self.alice)

        response = self.profile("By scans")

        self.assertContains(response, "By beds", status_code=409)
        self.assertContains(response, "By scans", status_code=409)

    def test_two_hundred_characters_fit_a_point_and_one_more_does_not(self) -> None:
        item = make_swot(self.acme)
        url = reverse("planning:swot_text", args=[item.pk])

        fits = self.client.post(url, {"seen": "14 hospitals", "value": "ñ" * 200}, headers=HTMX)
        more = self.client.post(url, {"seen": "ñ" * 200, "value": "ñ" * 201}, headers=HTMX)

        self.assertEqual((fits.status_code, more.status_code), (200, 422))

    def test_what_is_no_number_and_no_day_is_said_at_the_field(self) -> None:
        url = reverse("planning:check_in_add", args=[self.objective.pk])

        response = self.client.post(url, {"on": "2999-01-01", "value": "many"})

        self.assertContains(response, "still to come", status_code=422)
        self.assertEqual(set(response.context["form"].errors), {"on", "value"})
