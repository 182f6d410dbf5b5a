from datetime import datetime, timedelta

import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import SessionNote
from accounts.models.session import hash_of
from accounts.users.device_names import device
from tests.base import ClaveTest
from tests.factories import make_session

PASSWORD = "three quiet river stones"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/605.1"


class SessionsTest(ClaveTest):
    def setUp(self) -> None:
        cache.clear()
        self.alice.set_password(PASSWORD)
        self.alice.save()
        self.start = now()

    def sign_in(self, at: datetime | None = None) -> Client:
        browser = Client(headers={"user-agent": PHONE})
        with time_machine.travel(at or self.start, tick=False):
            browser.post("/session/login/", {"login": self.alice.email, "password": PASSWORD})
        return browser

    def is_in(self, browser: Client, after: timedelta) -> bool:
        with time_machine.travel(self.start + after, tick=False):
            return browser.get("/settings/").status_code == 200

    def test_a_sign_in_is_noted_by_hash_only(self) -> None:
        browser = self.sign_in()

        note = SessionNote.objects.get(user=self.alice)
        key = str(browser.session.session_key)
        self.assertEqual((note.key_hash, note.address), (hash_of(key), "127.0.0.1"))
        self.assertNotIn(key, str(note.__dict__))
        self.assertEqual(device(note.agent).words, "Safari on iPhone")

    def test_the_key_rotates_at_sign_in(self) -> None:
        browser = Client()
        session = browser.session
        session["mark"] = 1
        session.save()
        before = session.session_key

        browser.post("/session/login/", {"login": self.alice.email, "password": PASSWORD})

        self.assertNotEqual(browser.session.session_key, before)
        self.assertFalse(Session.objects.filter(session_key=before).exists())

    def test_twelve_idle_hours_end_it(self) -> None:
        browser = self.sign_in()

        self.assertTrue(self.is_in(browser, timedelta(hours=11, minutes=59)))
        self.assertTrue(self.is_in(browser, timedelta(hours=23, minutes=58)))
        self.assertFalse(self.is_in(browser, timedelta(hours=35, minutes=59)))

    def test_seven_days_end_it_however_busy(self) -> None:
        browser = self.sign_in()
        for half_days in range(1, 28):
            self.is_in(browser, timedelta(hours=6 * half_days))

        self.assertTrue(self.is_in(browser, timedelta(days=7, seconds=-1)))
        self.assertFalse(self.is_in(browser, timedelta(days=7, seconds=1)))
        self.assertFalse(SessionNote.objects.live(now()).filter(user=self.alice).exists())

    def test_signing_in_again_starts_anew(self) -> None:
        browser = self.sign_in()
        self.is_in(browser, timedelta(days=8))
        at = self.start + timedelta(days=8)
        with time_machine.travel(at, tick=False):
            browser.post("/session/login/", {"login": self.alice.email, "password": PASSWORD})

        self.assertTrue(self.is_in(browser, timedelta(days=8, hours=11)))

    def test_within_five_minutes_nothing_is_written(self) -> None:
        browser = self.sign_in()
        self.is_in(browser, timedelta(seconds=1))

        self.assertEqual(self.writes(browser, timedelta(minutes=4)), [])
        self.assertEqual(self.writes(browser, timedelta(minutes=6)), ["django_session"])
        self.assertEqual(self.writes(browser, timedelta(minutes=9)), [])

    def test_the_note_is_written_once_a_day(self) -> None:
        browser = self.sign_in()

        self.is_in(browser, timedelta(hours=10))
        self.is_in(browser, timedelta(hours=20))
        self.is_in(browser, timedelta(hours=30))

        note = SessionNote.objects.get(user=self.alice)
        self.assertGreater(note.seen_on, self.start.date())

    def test_one_can_be_ended_from_another(self) -> None:
        mine, lost = self.sign_in(), self.sign_in()
        note = SessionNote.objects.get(key_hash=hash_of(str(lost.session.session_key)))

        mine.post(reverse("accounts:session_end", args=[note.pk]))

        self.assertFalse(self.is_in(lost, timedelta(0)))
        self.assertTrue(self.is_in(mine, timedelta(0)))

    def test_all_others_at_once(self) -> None:
        mine, others = self.sign_in(), [self.sign_in(), self.sign_in()]

        mine.post(reverse("accounts:sessions_end"))

        self.assertEqual(
            [self.is_in(b, timedelta(0)) for b in [mine, *others]], [True, False, False]
        )
        self.assertEqual(SessionNote.objects.filter(user=self.alice).count(), 1)

    def test_nobody_ends_the_session_of_somebody_else(self) -> None:
        note = make_session(self.bob)

        response = self.sign_in().post(reverse("accounts:session_end", args=[note.pk]))

        self.assertEqual(response.status_code, 404)
        self.assertTrue(SessionNote.objects.live(now()).filter(pk=note.pk).exists())

    def test_the_page_lists_ones_own_and_marks_the_one_at_hand(self) -> None:
        make_session(self.bob)
        self.sign_in()

        page = self.sign_in().get("/settings/")

        self.assertEqual(sum(here for _n, _d, here in page.context["sessions"]), 1)
        self.assertEqual(len(page.context["sessions"]), 2)

    def test_signing_out_ends_it_on_the_server(self) -> None:
        browser = self.sign_in()
        key = browser.session.session_key

        browser.post("/session/logout/")

        self.assertFalse(Session.objects.filter(session_key=key).exists())
        self.assertFalse(SessionNote.objects.exists())

    def test_a_new_password_ends_all_others_and_not_this_one(self) -> None:
        mine, other = self.sign_in(), self.sign_in()
        new = "four louder mountain birds"

        mine.post(
            "/session/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )

        self.assertTrue(self.is_in(mine, timedelta(0)))
        self.assertFalse(self.is_in(other, timedelta(0)))
        self.assertEqual(SessionNote.objects.filter(user=self.alice).count(), 1)

    def test_htmx_is_sent_to_the_door_when_a_session_is_over(self) -> None:
        browser = self.sign_in()

        with time_machine.travel(self.start + timedelta(hours=13), tick=False):
            response = browser.get("/", headers={"HX-Request": "true"})

        self.assertIn("/session/login/", response["HX-Redirect"])

    def test_what_ended_by_itself_is_forgotten(self) -> None:
        self.sign_in()

        SessionNote.objects.forget_old(self.start + timedelta(days=9))

        self.assertFalse(SessionNote.objects.exists() or Session.objects.exists())

    def writes(self, browser: Client, after: timedelta) -> list[str]:
        with (
            time_machine.travel(self.start + after, tick=False),
            CaptureQueriesContext(connection) as found,
        ):
            browser.get("/settings/mail/")
        changes = [q["sql"] for q in found if q["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
        return [sql.split('"')[1] for sql in changes]
