from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from tests.base import ClaveTest


class PasswordMailTest(ClaveTest):
    def test_the_link_stands_in_both_parts_and_it_looks_like_our_mail(self) -> None:
        self.client.post(reverse("account_reset_password"), {"email": self.alice.email})

        (message,) = mail.outbox
        assert isinstance(message, EmailMultiAlternatives)
        page = str(message.alternatives[0][0])
        link = next(
            word for word in str(message.body).split() if "/session/password/reset/" in word
        )
        self.assertEqual(message.to, [self.alice.email])
        self.assertIn(f'href="{link}"', page)
        self.assertIn("Nordlicht Software", page)
        self.assertIn("prefers-color-scheme", page)
