from django.urls import reverse

from tests.base import ClaveTest


class TodayFinishTest(ClaveTest):
    def test_a_tick_stays_on_the_page(self) -> None:
        self.client.force_login(self.bob)
        answer = self.client.post(reverse("today_finish", args=[self.action.pk]))

        self.assertRedirects(answer, "/")
        self.action.refresh_from_db()
        self.assertTrue(self.action.is_done)

    def test_with_htmx_the_line_is_struck_and_a_second_tick_takes_it_back(self) -> None:
        self.client.force_login(self.bob)
        htmx = {"HX-Request": "true"}
        answer = self.client.post(reverse("today_finish", args=[self.action.pk]), headers=htmx)
        self.assertContains(answer, reverse("today_reopen", args=[self.action.pk]))

        self.client.post(reverse("today_reopen", args=[self.action.pk]), headers=htmx)
        self.action.refresh_from_db()
        self.assertFalse(self.action.is_done)
