"""The table of who may do what, one file a subject, collected by itself.

Each file says PAGES and ACTIONS (address name → status for each member of CAST) and `keys(cast)`,
the record each address is about (address name → primary key).
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from tests.base import ClaveTest

# Nobody, stranger, reader, editor, KAM, manager above, portfolio, administrator.
CAST = ["", "mallory", "vera", "bob", "alice", "magda", "stefan", "root"]

ALL = [302, 200, 200, 200, 200, 200, 200, 200]
OPEN = [200, 200, 200, 200, 200, 200, 200, 200]
# For nobody any more.
OVER = [404, 404, 404, 404, 404, 404, 404, 404]
READ = [302, 404, 200, 200, 200, 200, 200, 200]
# A page with a form needs the right to change: who may only read is refused.
EDIT = [302, 404, 403, 200, 200, 200, 403, 200]
LEAD = [302, 404, 403, 403, 200, 200, 403, 200]
ADMIN = [302, 403, 403, 403, 403, 403, 403, 200]
# An action answers 302 when it was done, 422 when its form was empty.
DO = [302, 404, 403, 302, 302, 302, 403, 302]
EMPTY = [302, 404, 403, 422, 422, 422, 403, 422]
LEAD_DO = [302, 404, 403, 403, 302, 302, 403, 302]
LEAD_EMPTY = [302, 404, 403, 403, 422, 422, 403, 422]
ADMIN_DO = [302, 403, 403, 403, 403, 403, 403, 302]
ADMIN_EMPTY = [302, 403, 403, 403, 403, 403, 403, 422]
READ_DO = [302, 404, 302, 302, 302, 302, 302, 302]
OWN_DO = [302, 302, 302, 302, 302, 302, 302, 302]

Row = list[int]


class Table(NamedTuple):
    pages: dict[str, Row]
    actions: dict[str, Row]
    keys: Callable[[type[ClaveTest]], dict[str, int | str]]


def tables() -> Iterator[Table]:
    for module in iter_modules(__path__):
        part = import_module(f"{__name__}.{module.name}")
        yield Table(part.PAGES, part.ACTIONS, part.keys)
