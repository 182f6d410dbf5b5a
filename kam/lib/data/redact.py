"""Links that open something are no business of a log."""

import logging
import re
from typing import Any

SECRETS = re.compile(
    r"/(setup|invitation|mail/stop|calendar|session/password/reset/key)/[^/\s\"?]+"
)


class HideTokens(logging.Filter):
    """Rewrites the record before a handler sees it: known addresses, and every word of a route."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = _words_of(getattr(record, "request", None))
        text = record.getMessage()
        hidden = SECRETS.sub(r"/\1/…", text)
        for word in said:
            hidden = hidden.replace(word, "…")
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True


def _words_of(request: Any) -> list[str]:
    match = getattr(request, "resolver_match", None)
    return [v for v in (match.kwargs if match else {}).values() if isinstance(v, str) and v]
