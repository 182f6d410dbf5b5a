"""Two people on one setup link at the same moment, on real transactions."""

from threading import Barrier, Thread

from django.db import connection
from django.test import TransactionTestCase
from django.utils.timezone import now

from accounts.models import SetupLink, User


class SetupAtOnceTest(TransactionTestCase):
    def test_one_of_them_comes_in(self) -> None:
        SetupLink.renew(at=now())
        start, made = Barrier(2), list[User | None]()

        def come_in(name: str) -> None:
            try:
                link = SetupLink.objects.get()
                start.wait(timeout=10)
                email = f"{name}@example.com"
                made.append(link.use(name=name, email=email, password="a b c d e f g", at=now()))
            finally:
                connection.close()

        threads = [Thread(target=come_in, args=[name]) for name in ("ana", "eva")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)

        self.assertEqual(len(made), 2)
        self.assertEqual(sum(user is None for user in made), 1)
        self.assertEqual(User.objects.count(), 1)
