from django.test import SimpleTestCase

from kam.lib.mail import one_line, tidy, unsubscribe_headers, with_stable_id


class MailTest(SimpleTestCase):
    def test_a_header_has_no_line_ends(self) -> None:
        self.assertEqual(one_line("\n Review of\r\nAcme \n"), "Review of Acme")

    def test_the_text_part_has_no_heaps_of_empty_lines(self) -> None:
        self.assertEqual(tidy("\n\nOne  \n\n\n\nTwo\n\n"), "One\n\nTwo\n")

    def test_a_message_keeps_its_name(self) -> None:
        from django.core.mail import EmailMessage

        message = with_stable_id(EmailMessage("Hello", to=["a@example.com"]))

        first, second = message.message()["Message-ID"], message.message()["Message-ID"]
        self.assertEqual(first, second)
        self.assertIn("@localhost>", first)

    def test_one_click_is_said_as_the_standard_wants_it(self) -> None:
        headers = unsubscribe_headers("https://clave.example/mail/stop/x/")

        self.assertEqual(headers["List-Unsubscribe"], "<https://clave.example/mail/stop/x/>")
        self.assertEqual(headers["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
