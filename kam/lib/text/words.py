"""The catalogue of words: found in Python and templates, kept in PO files, by Babel alone.

Django's own makemessages needs the gettext programs, which a fresh machine does not have.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# What templatize leaves of a template: calls between runs of X, which are no Python as a whole.
CALL = re.compile(
    r"""\b(?:gettext|ngettext|pgettext|npgettext)\((?:[^()"']|u?"(?:\\.|[^"\\])*"|u?'(?:\\.|[^'\\])*')*\)"""
)

HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: Clave\n"
"Language: es\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""

Found = tuple[int, str | tuple[str, ...], str | None]


def found_in(path: Path) -> Iterator[Found]:
    """(line, message or its singular and plural, context) of one file."""
    text = path.read_text()
    if path.suffix != ".py":
        text = _calls_of(templatize(text, origin=str(path)))
    for line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
        yield line, message, context


def _calls_of(templatized: str) -> str:
    """Only the calls, each on the line where it stood."""
    lines: dict[int, list[str]] = {}
    for call in CALL.finditer(templatized):
        line = templatized.count("\n", 0, call.start())
        lines.setdefault(line, []).append(call.group().replace("\n", " "))
    last = max(lines, default=0)
    return "\n".join(";".join(lines.get(number, [])) for number in range(last + 1))


def catalogue(root: Path, folders: list[str]) -> Catalog:
    """Every message of the sources below these folders, sorted by file."""
    words = Catalog(charset="utf-8", fuzzy=False)
    for path in _sources(root, folders):
        for _line, message, context in found_in(path):
            if message:
                words.add(message, locations=[(str(path.relative_to(root)), 0)], context=context)
    return words


def _sources(root: Path, folders: list[str]) -> list[Path]:
    found = [p for folder in folders for p in (root / folder).rglob("*") if p.is_file()]
    kinds = {".py", ".html", ".txt"}
    return sorted(p for p in found if p.suffix in kinds and "migrations" not in p.parts)


def merged(words: Catalog, po: Path, language: str) -> Catalog:
    """The stored translations brought to these words: new ones empty, unused ones gone."""
    with po.open("rb") as file:
        known = read_po(file, locale=language)
    known.update(words, no_fuzzy_matching=True, update_header_comment=False)
    known.obsolete.clear()
    return known


def save(words: Catalog, po: Path) -> None:
    """Sorted, without dates and line numbers: two people's changes merge."""
    buffer = io.BytesIO()
    write_po(buffer, words, sort_output=True, omit_header=True, width=100, include_lineno=False)
    po.write_text(HEADER + buffer.getvalue().decode())


def missing(words: Catalog) -> list[str]:
    """Messages without a complete translation, or with a doubtful one."""
    return [
        _text(message.id)
        for message in words
        if message.id and (not _complete(message.string) or message.fuzzy)
    ]


def _complete(translation: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(translation) if isinstance(translation, tuple | list) else bool(translation)


def _text(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else " / ".join(message)
