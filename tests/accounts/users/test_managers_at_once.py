"""Two administrators at the same moment, on real transactions."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TransactionTestCase

from accounts.models import Management, User
from tests.factories import make_user


class ManagersAtOnceTest(TransactionTestCase):
    def at_once(self, *steps: Callable[[], None]) -> list[str]:
        start = Barrier(len(steps))
        results: list[str] = []

        def run(step: Callable[[], None]) -> None:
            try:
                start.wait(timeout=10)
                step()
                results.append("done")
            except ValidationError:
                results.append("refused")
            finally:
                connection.close()

        threads = [Thread(target=run, args=[step]) for step in steps]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        return sorted(results)

    def test_two_managers_changed_at_once_never_make_a_ring(self) -> None:
        for turn in range(5):
            a, b = make_user(f"A{turn} Ant"), make_user(f"B{turn} Bee")
            a2, b2 = User.objects.get(pk=a.pk), User.objects.get(pk=b.pk)

            results = self.at_once(
                partial(a.report_to, b2, by=a),
                partial(b.report_to, a2, by=b),
            )

            self.assertEqual(results, ["done", "refused"])
            self.assertEqual(Management.objects.filter(manager__in=[a, b]).count(), 1)

    def test_a_ring_of_three_never_either(self) -> None:
        a, b, c = (make_user(name) for name in ["Ann Ant", "Bob Bee", "Cat Cow"])

        results = self.at_once(
            lambda: a.report_to(b, by=a), lambda: b.report_to(c, by=b), lambda: c.report_to(a, by=c)
        )

        self.assertEqual(results, ["done", "done", "refused"])

    def test_two_administrators_who_remove_each_other_leave_one(self) -> None:
        a, b = (make_user(name, is_admin=True) for name in ["Ann Ant", "Bob Bee"])

        results = self.at_once(lambda: a.administer(by=b, is_admin=False), lambda: b.disable(by=a))

        self.assertEqual(results, ["done", "refused"])
        self.assertEqual(User.objects.administrators().count(), 1)
