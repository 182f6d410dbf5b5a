from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TransactionTestCase

from accounts.models import Stakeholder, User
from tests.factories import make_account, make_stakeholder, make_user


class ReportingRaceTest(TransactionTestCase):
    """Two people make two halves of a ring at the same moment: one of them is refused."""

    def test_a_ring_cannot_be_closed_from_two_sides(self) -> None:
        by, account = make_user("Alice"), make_account("Acme")
        a, b = make_stakeholder(account, "A"), make_stakeholder(account, "B")
        barrier = Barrier(2)

        with ThreadPoolExecutor(2) as pool:
            halves = [pool.submit(report, x.pk, y.pk, by, barrier) for x, y in ((a, b), (b, a))]
            refused = [half.result() for half in halves]

        self.assertEqual(sorted(refused), [False, True])
        a.refresh_from_db()
        b.refresh_from_db()
        self.assertNotEqual(a.reports_to_id is None, b.reports_to_id is None)


def report(person: int, boss: int, by: User, barrier: Barrier) -> bool:
    """True when it was refused."""
    try:
        mine, theirs = Stakeholder.objects.get(pk=person), Stakeholder.objects.get(pk=boss)
        barrier.wait(10)
        mine.change(by=by, reports_to=theirs)
    except ValidationError:
        return True
    finally:
        connection.close()
    return False
