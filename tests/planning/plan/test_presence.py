from typing import Any
from unittest.mock import patch

from django.core.cache import caches
from django.test import SimpleTestCase
from django.urls import reverse

from accounts.models import Account, User, changing
from kam.lib.ops.cache import FailSoftCache
from kam.lib.web import live
from planning.plan import presence
from tests.base import ClaveTest


class PresenceTest(ClaveTest):
    def setUp(self) -> None:
        caches["shared"].clear()
        self.plan.account.refresh_from_db()

    def ask(self, person: User, seen: str = "") -> Any:
        token = presence.ticket(person, self.plan).token
        return self.client.get(reverse("planning:presence"), {"ticket": token, "seen": seen})

    def test_each_sees_the_faces_of_the_others(self) -> None:
        self.ask(self.alice)

        response = self.ask(self.bob)

        self.assertContains(response, "Alice Alvarez")
        self.assertNotContains(response, "Bob Baker")

    def test_when_nothing_changed_there_is_no_answer_and_no_query(self) -> None:
        seen = self.ask(self.bob)["X-Seen"]

        with self.assertNumQueries(0):
            response = self.ask(self.bob, seen)

        self.assertEqual(response.status_code, 204)

    def test_a_change_of_somebody_raises_the_revision(self) -> None:
        before = int(self.ask(self.bob)["X-Revision"])

        with self.captureOnCommitCallbacks(execute=True), changing(self.acme.pk, "test", by=None):
            pass

        self.assertEqual(int(self.ask(self.bob)["X-Revision"]), before + 1)

    def test_a_number_read_before_a_commit_never_outlives_it(self) -> None:
        def read() -> int:
            live.changed("account:1")  # the commit happens between the reading and the keeping
            return 5

        live.revision("account:1", read)

        self.assertEqual(live.revision("account:1", lambda: 6), 6)

    def test_who_left_is_gone_after_half_a_minute(self) -> None:
        live.arrive("plan:1", 1, {"name": "Alice"}, at=100)
        live.arrive("plan:1", 2, {"name": "Bob"}, at=125)

        self.assertEqual(live.others("plan:1", 3, at=135), {2: {"name": "Bob"}})

    def test_an_old_or_foreign_ticket_is_refused(self) -> None:
        token = presence.ticket(self.bob, self.plan).token

        with patch("planning.plan.presence.LASTS", -1):
            old = self.client.get(reverse("planning:presence"), {"ticket": token})
        foreign = self.client.get(reverse("planning:presence"), {"ticket": "made:up"})

        self.assertEqual((old.status_code, foreign.status_code), (403, 403))

    def test_a_new_ticket_needs_the_right_to_read(self) -> None:
        self.client.force_login(self.mallory)

        url = reverse("planning:presence_renew", args=[self.plan.pk])

        self.assertEqual(self.client.get(url).status_code, 404)

    def test_the_page_carries_the_revision_it_was_drawn_from(self) -> None:
        self.client.force_login(self.bob)

        page = self.client.get(self.plan.get_absolute_url())

        revision = Account.objects.get(pk=self.acme.pk).revision
        self.assertContains(page, f'data-revision="{revision}"')


class SoftCacheTest(SimpleTestCase):
    def test_without_redis_it_holds_nothing_and_breaks_nothing(self) -> None:
        cache = FailSoftCache("redis://localhost:1/0", {"OPTIONS": {"forget": True}})

        cache.set("a", 1)

        self.assertIsNone(cache.get("a"))
        self.assertFalse(cache.delete("a"))
