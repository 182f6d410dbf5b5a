"""The kill test: what must be heard is heard, whatever is shot down while it is sent."""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from itertools import pairwise

from django.utils.timezone import now

from accounts.models import Membership, User
from kam.lib.outbox.models import Delivery
from reviews.models import Series
from tests.factories import make_account, make_user
from tests.house.base import free_port
from tests.house.post import HardPost, Taken
from tests.house.workers import WorkersTest

SEED = 20261129
ACCOUNTS, SERIES, PEOPLE = 5, 5, 8
NOTICES = ACCOUNTS * SERIES * PEOPLE
WORKER_KILLS, SCHEDULER_KILLS = 6, 2
LEASE, EMAIL_TIMEOUT = 8, 3  # seconds, as in tests.house.killed
PATIENCE = 240  # seconds, on a machine with much else to do; a quiet one needs 40


class MailKilledTest(WorkersTest):
    """Real workers, a real scheduler, a real SMTP server that is slow, refuses and hangs up."""

    def setUp(self) -> None:
        super().setUp()
        self.chance = random.Random(SEED)  # noqa: S311 (a plan of accidents)
        port = free_port()
        self.post = HardPost(random.Random(SEED + 1), port)  # noqa: S311
        self.addCleanup(self.post.stop)
        self.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        self.kills: list[float] = []
        self.call_reviews()
        self.deadline = time.monotonic() + PATIENCE

    def test_none_is_missing_and_only_what_was_in_flight_comes_again(self) -> None:
        for name in ("scheduler", "worker 1", "worker 2"):
            self.begin(name)
        for moment, victim in self.accidents():
            self.wait_for_taken(moment)
            time.sleep(self.chance.uniform(0, 0.2))
            self.kill(victim)
            self.kills.append(time.monotonic())
            self.begin(victim)
        self.wait_for(lambda: self.sent() == NOTICES)
        time.sleep(2)  # whatever else a sweep would find
        self.end()

        self.assert_none_is_missing()
        self.assert_only_what_was_in_flight_came_again()
        self.assert_the_accidents_took_place()

    def assert_none_is_missing(self) -> None:
        self.assertEqual((Delivery.objects.count(), self.sent()), (NOTICES, NOTICES))
        told = {delivery.message_id: delivery for delivery in Delivery.objects.all()}
        self.assertEqual(set(self.arrivals()), set(told))
        for message_id, arrivals in self.arrivals().items():
            as_kept = (told[message_id].address, bytes(told[message_id].message))
            self.assertEqual({(taken.to, taken.data) for taken in arrivals}, {as_kept})

    def assert_only_what_was_in_flight_came_again(self) -> None:
        for message_id, arrivals in self.arrivals().items():
            for first, again in pairwise(arrivals):
                self.assertTrue(self.was_in_flight(first, again), message_id)
        repeated = len(self.post.taken) - NOTICES
        self.assertLessEqual(repeated, self.post.drops + len(self.kills))

    def assert_the_accidents_took_place(self) -> None:
        """Else all this proves nothing."""
        self.assertEqual(len(self.kills), WORKER_KILLS + SCHEDULER_KILLS)
        self.assertGreaterEqual(self.post.refusals, NOTICES // 7)
        self.assertGreater(self.post.drops, 5)
        self.assertGreaterEqual(len(self.post.taken) - NOTICES, self.post.drops)

    # --- What happens --------------------------------------------------------------------------

    def accidents(self) -> list[tuple[int, str]]:
        """After how many messages taken, and who is shot: early ones, late ones, all by chance."""
        victims = ["worker 1", "worker 2"] * (WORKER_KILLS // 2) + ["scheduler"] * SCHEDULER_KILLS
        self.chance.shuffle(victims)
        moments = sorted(self.chance.sample(range(1, NOTICES - 20), len(victims)))
        return list(zip(moments, victims, strict=True))

    def words(self, name: str) -> list[str]:
        if name == "scheduler":
            return ["beat", "--scheduler", "redbeat.RedBeatScheduler", "--pidfile="]
        quiet = ["--concurrency", "1", "--without-gossip", "--without-mingle"]
        hostname = f"{name.replace(' ', '')}@%h"
        return ["worker", "--queues", "default,mail", *quiet, "--hostname", hostname]

    # --- What is found afterwards --------------------------------------------------------------

    def sent(self) -> int:
        return Delivery.objects.filter(kind="review_reminder", state=Delivery.SENT).count()

    def arrivals(self) -> dict[str, list[Taken]]:
        found: dict[str, list[Taken]] = defaultdict(list)
        for taken in self.post.taken:
            found[str(message_from_bytes(taken.data)["Message-ID"])].append(taken)
        return found

    def was_in_flight(self, first: Taken, again: Taken) -> bool:
        """Nobody could know that it had arrived: the server hung up, or who sent it was shot.

        A process that the machine starved beyond its lease counts as shot.
        """
        shot = any(first.at - EMAIL_TIMEOUT <= kill <= again.at for kill in self.kills)
        return not first.answered or (shot and again.at > first.at) or again.at - first.at > LEASE

    def wait_for_taken(self, count: int) -> None:
        self.wait_for(lambda: len(self.post.taken) >= count)

    def wait_for(self, condition: Callable[[], bool]) -> None:
        while not condition():
            if time.monotonic() > self.deadline:
                states = Counter(Delivery.objects.values_list("state", "last_error"))
                log = self.log.read_text()[-4000:]
                self.fail(
                    f"seed {SEED}: {len(self.post.taken)} taken, {states}, {self.kills}\n{log}"
                )
            time.sleep(0.05)

    # --- Who is there --------------------------------------------------------------------------

    def call_reviews(self) -> None:
        """Reviews of the next day, each of which reminds eight people in both languages."""
        people = [self.person(number) for number in range(PEOPLE)]
        soon = (now() + timedelta(hours=20)).replace(tzinfo=None, second=0, microsecond=0)
        for number in range(ACCOUNTS):
            account = make_account(f"Account {number}")
            Membership.objects.bulk_create(
                Membership(account=account, user=person, role="sales", right="lead")
                for person in people
            )
            for turn in range(SERIES):
                Series.schedule(
                    account,
                    by=people[0],
                    at=now(),
                    attendees=people,
                    owner=people[0],
                    rule="FREQ=YEARLY",
                    starts=soon + timedelta(minutes=10 * turn),
                    time_zone="UTC",
                    agenda="Numbers",
                    reminders=[1],
                )

        Delivery.objects.all().delete()  # the invitations: they have tests of their own

    def person(self, number: int) -> User:
        language, region = ("es", "es-CO") if number % 2 else ("en", "en-GB")
        return make_user(f"P{number} Person", language=language, region=region)
