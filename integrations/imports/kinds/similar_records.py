"""Rows that may be somebody who is here already: what was found is shown, and the person decides."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from integrations.imports.kinds.row_keeper import LeaveOut

if TYPE_CHECKING:
    from integrations.imports.run import Run

ALIKE = 90  # of 100: below it two names are two companies, people, products
# So many of each kind are shown: those that need an answer, and those that were joined.
SHOWN = {"alike": 300, "joined": 200}
MOST_COMPARED = 20_000  # names with which one row is compared


class Alike:
    """The decisions about one kind of one source, and the notes of what needs one."""

    def __init__(self, run: "Run", kind: str, source: str) -> None:
        self._report, self._kind, self._source = run.report, kind, source
        self._decisions: Mapping[str, Any] = run.decisions
        self._left = dict(SHOWN)

    def told(self, key: str) -> tuple[bool, int | None]:
        """Whether somebody decided about it, and which of our records they said it is."""
        said = str(self._decisions.get(self._name(key), ""))
        return bool(said), int(said) if said.isdecimal() else None

    def leave_out_as_told(self, key: str, name: str) -> None:
        if self._decisions.get(self._name(key)) == "skip":
            raise LeaveOut("left_out", _("You left this row out."), "name", name)

    def joined(self, key: str, *, how: str, like: int | None, **facts: Any) -> None:
        """It is taken as that record, by what the files say or by what the person said."""
        self._note("joined", key, how=how, like=like, score=100, **facts)

    def resembling(
        self, key: str, word: str, others: Mapping[int, str], shown: Mapping[int, str], **facts: Any
    ) -> None:
        """It is new unless the person says that it is the one whose name is nearly the same."""
        if not self._left["alike"] or len(others) > MOST_COMPARED:
            return
        best = process.extractOne(word, others, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        if best:
            _name, score, pk = best
            self._note("alike", key, how="alike", like=pk, like_name=shown.get(pk, _name),
                       score=round(score), **facts)  # fmt: skip

    def elsewhere(self, key: str, like_name: str, **facts: Any) -> None:
        """Somebody of another company has the same address: to be looked at, never joined."""
        self._note(
            "alike", key, how="elsewhere", like=None, like_name=like_name, score=100, **facts
        )

    def _note(self, sort: str, key: str, **facts: Any) -> None:
        if self._left[sort]:
            self._left[sort] -= 1
            note = {"kind": self._kind, "key": self._name(key), **facts}
            self._report.duplicates.append(note)

    def _name(self, key: str) -> str:
        return f"{self._kind}:{self._source}:{key}"
