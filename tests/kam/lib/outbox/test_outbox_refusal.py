import smtplib

from django.test import SimpleTestCase

from kam.lib.outbox.refusal import Refusal


class RefusalTest(SimpleTestCase):
    def test_no_such_user_is_final_in_the_servers_own_words(self) -> None:
        error = smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"5.1.1 no such\nuser")})

        self.assertEqual(Refusal.of(error), Refusal("550 5.1.1 no such user", is_final=True))

    def test_content_that_is_refused_is_final(self) -> None:
        error = smtplib.SMTPDataError(554, b"attachment refused")

        self.assertEqual(Refusal.of(error), Refusal("554 attachment refused", is_final=True))

    def test_later_is_later(self) -> None:
        for error in (
            smtplib.SMTPDataError(451, b"greylisted"),
            smtplib.SMTPRecipientsRefused({"a@b.c": (452, b"mailbox full")}),
            smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
            ConnectionRefusedError(111, "Connection refused"),
            TimeoutError(),
        ):
            with self.subTest(error=error):
                found = Refusal.of(error)
                self.assertFalse(found.is_final)
                self.assertTrue(found.words)

    def test_what_is_wrong_with_us_is_never_the_end_of_a_message(self) -> None:
        for error in (
            smtplib.SMTPAuthenticationError(535, b"bad password"),
            smtplib.SMTPConnectError(554, b"no service"),
            smtplib.SMTPHeloError(501, b"who?"),
            smtplib.SMTPSenderRefused(550, b"not your address", "clave@localhost"),
        ):
            with self.subTest(error=error):
                self.assertFalse(Refusal.of(error).is_final)

    def test_long_words_fit_into_the_ledger(self) -> None:
        found = Refusal.of(smtplib.SMTPDataError(550, b"no " * 500))

        self.assertEqual(len(found.words), 300)
