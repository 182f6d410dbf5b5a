import re

from django.urls import reverse

from reviews.models import CalendarFeed
from tests.base import MONDAY, ClaveTest


class CalendarFeedTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("reviews:calendar_feed")
        self.client.force_login(self.alice)

    def test_the_address_is_shown_once(self) -> None:
        response = self.client.post(reverse("reviews:calendar_open"))

        (path,) = re.findall(r'value="http[^"]*(/calendar/[\w-]+\.ics)"', response.content.decode())
        self.client.logout()
        self.assertEqual(self.client.get(path).status_code, 200)
        self.client.force_login(self.alice)
        self.assertNotContains(self.client.get(self.url), ".ics")

    def test_taking_it_back_says_that_there_is_none(self) -> None:
        self.client.post(reverse("reviews:calendar_open"))
        self.client.post(reverse("reviews:calendar_close"))

        self.assertContains(self.client.get(self.url), "There is no address yet.")
        self.assertFalse(CalendarFeed.objects.exists())

    def test_each_person_has_their_own(self) -> None:
        CalendarFeed.open_for(self.bob, at=MONDAY)
        self.client.post(reverse("reviews:calendar_close"))

        self.assertTrue(CalendarFeed.objects.filter(user=self.bob).exists())
