from django.urls import reverse

from kam.lib.outbox.models import Delivery
from tests.base import ClaveTest


class DigestNowTest(ClaveTest):
    def test_asking_twice_in_a_minute_brings_one(self) -> None:
        self.client.force_login(self.magda)

        for _twice in range(2):
            self.client.post(reverse("reviews:digest_now"))

        self.assertLessEqual(Delivery.objects.filter(recipient=self.magda).count(), 2)
        self.assertGreaterEqual(Delivery.objects.filter(recipient=self.magda).count(), 1)
