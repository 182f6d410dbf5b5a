"""What a mail server said, and whether it meant it for good."""

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 300


@dataclass(frozen=True, slots=True)
class Refusal:
    """`words` are the server's own; `is_final` when asking again gets the same answer."""

    words: str
    is_final: bool

    @classmethod
    def of(cls, error: Exception) -> "Refusal":
        """A 5xx to the recipient or to the content is final.

        One to the greeting, the sign-in or the sender speaks of the installation, not of the
        message: an operator repairs it, and what waited then leaves.
        """
        answers = list(_answers(error))
        about_us = isinstance(
            error, smtplib.SMTPConnectError | smtplib.SMTPHeloError | smtplib.SMTPSenderRefused
            | smtplib.SMTPAuthenticationError
        )  # fmt: skip
        final = bool(answers) and all(500 <= code < 600 for code, _words in answers)
        words = "; ".join(f"{code} {words}" for code, words in answers) or str(error) or repr(error)
        return cls(" ".join(words.split())[:MOST], final and not about_us)


def _answers(error: Exception) -> Iterator[tuple[int, str]]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        for code, words in error.recipients.values():
            yield code, _text(words)
    elif isinstance(error, smtplib.SMTPResponseException):
        yield error.smtp_code, _text(error.smtp_error)


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
