"""Links that open something are no business of a log."""

import logging
import re

SECRETS = re.compile(r"/(invitation|mail/stop|calendar|session/password/reset/key)/[^/\s\"?]+")


def hide(text: str) -> str:
    return SECRETS.sub(r"/\1/…", text)


class HideTokens(logging.Filter):
    """Rewrites the record before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(hide(a) if isinstance(a, str) else a for a in record.args)
        record.msg = hide(record.msg) if isinstance(record.msg, str) else record.msg
        return True
