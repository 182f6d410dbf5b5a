"""Kept pages: never another person's, never of the past, and right without the cache too."""

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Membership, User
from accounts.models.standing import refresh_due
from kam.lib.web.regions import page
from planning.models import Action
from tests.base import ClaveTest
from tests.factories import make_account

LOCMEM: dict[str, Any] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "kept-pages",
}
GONE: dict[str, Any] = {
    "BACKEND": "kam.lib.ops.cache.FailSoftCache",
    "LOCATION": "redis://127.0.0.1:1/0",
    "OPTIONS": {"socket_connect_timeout": 0.2, "forget": True},
}


def caches_with(regions: dict[str, Any]) -> dict[str, Any]:
    return settings.CACHES | {"regions": regions}


@override_settings(CACHES=caches_with(LOCMEM))
class KeptPagesTest(ClaveTest):
    def setUp(self) -> None:
        caches["regions"].clear()
        self.overview = reverse("overview", args=[self.acme.pk])
        self.plan_url = reverse("planning:plan", args=[self.acme.pk])

    def read(self, user: User, url: str, **headers: str) -> str:
        self.client.force_login(user)
        return self.client.get(url, headers=headers).content.decode()

    def drawn(self, user: User, url: str) -> bool:
        """Whether the page had to be drawn to be shown."""
        with patch("kam.lib.web.regions.page._drawn", wraps=page._drawn) as drawing:
            self.read(user, url)
        return drawing.called

    def pages(self) -> list[str]:
        of_account = ["overview", "planning:plan", "accounts:stakeholders"]
        of_person = ["today", "accounts:accounts", "reviews:portfolio", "reviews:reviews"]
        return [
            *(reverse(name, args=[self.acme.pk]) for name in of_account),
            *(reverse(name) for name in of_person),
            f"{reverse('search')}?q=acme",
        ]

    def test_a_page_is_drawn_once_and_then_shown(self) -> None:
        for url in self.pages():
            with self.subTest(url):
                self.assertTrue(self.drawn(self.alice, url))
                self.assertFalse(self.drawn(self.alice, url))

    def test_the_kept_page_says_the_same(self) -> None:
        for url in self.pages():
            with self.subTest(url), time_machine.travel(now(), tick=False):
                first, second = self.read(self.alice, url), self.read(self.alice, url)
                self.assertEqual(without_tokens(first), without_tokens(second))

    def test_a_kept_page_costs_few_questions_whatever_it_says(self) -> None:
        for url in self.pages():
            self.read(self.alice, url)
            with self.subTest(url), CaptureQueriesContext(connection) as queries:
                self.client.get(url)
            self.assertLessEqual(len(queries), 3)

    def test_the_next_request_sees_a_change(self) -> None:
        self.read(self.alice, self.plan_url)

        self.action.rename(by=self.bob, seen=self.action.title, title="Ask the new director")

        self.assertIn("Ask the new director", self.read(self.alice, self.plan_url))

    def test_a_change_is_seen_on_every_page_of_the_person(self) -> None:
        for url in self.pages():
            self.read(self.alice, url)

        self.acme.change(by=self.alice, at=now(), name="Acme of tomorrow")

        for url in self.pages():
            with self.subTest(url):
                self.assertTrue(self.drawn(self.alice, url))

    def test_a_change_of_another_account_does_not_matter(self) -> None:
        for url in self.pages():
            self.read(self.alice, url)

        self.other.change(by=self.mallory, at=now(), name="Another name")

        for url in self.pages():
            with self.subTest(url):
                self.assertFalse(self.drawn(self.alice, url))

    def test_nobody_gets_the_page_of_another_person(self) -> None:
        edit = reverse("planning:action_title", args=[self.action.pk])

        self.assertIn(edit, self.read(self.alice, self.plan_url))
        self.assertNotIn(edit, self.read(self.vera, self.plan_url))
        self.assertIn(edit, self.read(self.bob, self.plan_url))
        self.client.force_login(self.mallory)
        self.assertEqual(self.client.get(self.plan_url).status_code, 404)

    def test_a_right_that_is_lost_is_lost_at_once(self) -> None:
        edit = reverse("planning:action_title", args=[self.action.pk])
        self.assertIn(edit, self.read(self.bob, self.plan_url))

        # Behind the back of every action: the right itself is read for each request.
        Membership.objects.filter(account=self.acme, user=self.bob).update(right="view")
        self.assertNotIn(edit, self.read(self.bob, self.plan_url))
        Membership.objects.filter(account=self.acme, user=self.bob).delete()
        self.assertEqual(self.client.get(self.plan_url).status_code, 404)

    def test_an_account_that_comes_or_goes_changes_the_list(self) -> None:
        listed = reverse("accounts:accounts")
        self.read(self.alice, listed)

        made = make_account("Brand new")
        Membership.objects.create(account=made, user=self.alice, role="kam", right="lead")
        self.assertIn("Brand new", self.read(self.alice, listed))
        Membership.objects.filter(account=made).delete()
        self.assertNotIn("Brand new", self.read(self.alice, listed))

    def test_what_belongs_to_no_account_is_seen_at_once_too(self) -> None:
        self.read(self.bob, self.overview)

        self.alice.administer(by=self.root, name="Alice Newname")

        self.assertIn("Alice Newname", self.read(self.bob, self.overview))

    def test_a_manager_of_somebody_new_sees_at_once(self) -> None:
        listed = reverse("accounts:accounts")
        self.assertNotIn("Other", self.read(self.magda, listed))

        self.mallory.report_to(self.magda, by=self.root)

        self.assertIn("Other", self.read(self.magda, listed))

    def test_language_and_zone_have_pages_of_their_own(self) -> None:
        english = self.read(self.alice, self.overview)
        User.objects.filter(pk=self.alice.pk).update(language="es", region="es-CO")

        self.assertIn('lang="es"', spanish := self.read(self.alice, self.overview))
        self.assertNotEqual(without_tokens(english), without_tokens(spanish))

    def test_tomorrow_is_another_page(self) -> None:
        self.read(self.alice, reverse("today"))

        with time_machine.travel(now() + timedelta(days=1), tick=False):
            self.assertTrue(self.drawn(self.alice, reverse("today")))

    def test_a_page_drawn_before_a_commit_does_not_outlive_it(self) -> None:
        draw = page._drawn

        def and_then_somebody_saves(*args: Any) -> str:
            html = draw(*args)
            self.acme.change(by=self.alice, at=now(), name="Changed meanwhile")
            return html

        with patch("kam.lib.web.regions.page._drawn", side_effect=and_then_somebody_saves):
            self.assertIn("<h1>Acme</h1>", self.read(self.alice, self.overview))

        self.assertIn("<h1>Changed meanwhile</h1>", self.read(self.alice, self.overview))

    def test_the_form_token_is_the_browsers_own(self) -> None:
        first = self.read(self.alice, self.plan_url)
        second = self.read(self.alice, self.plan_url)

        for html in (first, second):
            self.assertNotIn(page.token_place(), html)
            self.assertNotIn(page.cut(), html)
        self.assertNotEqual(tokens(first), tokens(second))
        self.assertEqual(len(set(tokens(second))), 1)

    def test_messages_are_said_once(self) -> None:
        self.read(self.alice, self.plan_url)
        words = {"seen": self.action.title, "value": "Renamed"}
        self.client.post(reverse("planning:action_title", args=[self.action.pk]), words)

        self.assertIn("Renamed", self.client.get(self.plan_url).content.decode())

    def test_a_fragment_draws_no_frame(self) -> None:
        self.read(self.alice, self.overview)
        words = {"seen": self.action.title, "value": "Saved in its place"}

        self.client.post(
            reverse("planning:action_title", args=[self.action.pk]), words, HTTP_HX_REQUEST="true"
        )

        # The save forgot the rail; only the next whole page needs it again.
        self.assertIsNone(User.objects.get(pk=self.alice.pk).rail_day)
        self.read(self.alice, self.overview)
        self.assertIsNotNone(User.objects.get(pk=self.alice.pk).rail_day)

    def test_a_fragment_and_its_page_are_kept_apart(self) -> None:
        whole = self.read(self.alice, self.plan_url)
        fragment = self.read(self.alice, self.plan_url, HX_Request="true")

        self.assertIn("<html", whole)
        self.assertNotIn("<html", fragment)
        self.assertIn('id="plan-body"', fragment)

    def test_figures_made_anew_at_night_make_new_pages(self) -> None:
        refresh_due(at=now())
        self.read(self.alice, self.overview)

        refresh_due(at=now() + timedelta(days=1))

        self.assertTrue(self.drawn(self.alice, self.overview))

    @override_settings(CACHES=caches_with(GONE))
    def test_without_redis_every_page_is_right(self) -> None:
        for url in self.pages():
            with self.subTest(url):
                self.assertTrue(self.drawn(self.alice, url))
        self.action.rename(by=self.bob, seen=self.action.title, title="Without the cache")
        self.assertIn("Without the cache", self.read(self.alice, self.plan_url))

    def test_one_person_cannot_fill_the_cache(self) -> None:
        with patch("kam.lib.web.regions.page.SLOTS", 3):
            for number in range(12):
                self.read(self.alice, f"{self.overview}?n={number}")

        kept = caches["regions"]
        slots = [f"page:{self.alice.pk}:{number}" for number in range(12)]
        self.assertLessEqual(sum(kept.get(slot) is not None for slot in slots), 3)

    def test_an_action_finished_elsewhere_leaves_today(self) -> None:
        action = Action.objects.get(pk=self.action.pk)
        Action.objects.filter(pk=action.pk).update(due=now().date())
        self.assertIn(action.title, self.read(self.bob, reverse("today")))

        action.finish(by=self.alice, at=now())

        self.assertNotIn(f">{action.title}<", self.read(self.bob, reverse("today")))


def tokens(html: str) -> list[str]:
    return [part[:64] for part in html.split('name="csrfmiddlewaretoken" value="')[2:]]


def without_tokens(html: str) -> str:
    html = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', r"\1", html)
    return re.sub(r'data-ticket="[^"]+"', "", html)
