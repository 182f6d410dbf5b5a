"""The page that compares two versions: which ones, what differs, who wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from planning.models import Plan, Snapshot
from planning.models.snapshot import as_json
from planning.versions.authors import sign
from planning.versions.comparison import Comparison, Section, compare
from planning.versions.version_data import frozen

NOW = "now"
SORTS: dict[str, str | Promise] = {
    "dates": _("Dates"),
    "owners": _("Owners"),
    "targets": _("Targets"),
}
MOST_LINES = 300


@dataclass(frozen=True)
class ComparedVersion:
    """One of the two versions; `snapshot` is None for the working version."""

    key: str
    name: str
    at: datetime
    snapshot: Snapshot | None


@dataclass(frozen=True)
class ComparisonPage:
    versions: list[Snapshot]
    before: ComparedVersion | None
    after: ComparedVersion
    found: Comparison | None
    only: str
    counts: list[tuple[str, str, int]]
    sections: list[Section]
    hidden: int

    @property
    def same(self) -> dict[str, int]:
        """Also of two that nothing tells apart: `found` is empty then, not missing."""
        return {} if self.found is None else self.found.same

    @property
    def total(self) -> int:
        return len(self.found) if self.found else 0


def comparison_page(plan: Plan, asked: Mapping[str, str], at: datetime) -> ComparisonPage:
    """`a` and `b` are numbers of versions, or "now"; else the approved one and the working one."""
    versions = list(Snapshot.objects.of(plan).without_data())
    working = f"v{Snapshot.objects.next_number(plan)}"
    after = _side(versions, asked.get("b") or NOW, working, at)
    before = _side(versions, asked.get("a") or _first(versions, after), working, at)
    if before is None or after is None:
        here = after or ComparedVersion(NOW, working, at, None)
        return ComparisonPage(versions, None, here, None, "", [], [], 0)
    found = compare(_data(before, plan), _data(after, plan))
    only = asked.get("only", "")
    lines = found.of_sort(only) if only in SORTS else found.lines
    shown = lines[:MOST_LINES]
    early, late = sorted([before.at, after.at])
    sign(shown, plan.pk, plan.account_id, after=early, until=late)
    return ComparisonPage(
        versions=versions[:50],
        before=before,
        after=after,
        found=found,
        only=only if only in SORTS else "",
        counts=[(key, str(label), len(found.of_sort(key))) for key, label in SORTS.items()],
        sections=Comparison.sections(shown),
        hidden=len(lines) - len(shown),
    )


def _first(versions: list[Snapshot], after: ComparedVersion | None) -> str:
    """What to compare with when nobody says: the last approved version before, else the last."""
    earlier = [v for v in versions if not after or not after.snapshot or _is_before(v, after)]
    approved = next((version for version in earlier if version.is_approved), None)
    found = approved or (earlier[0] if earlier else None)
    return found.key if found else ""


def _is_before(version: Snapshot, after: ComparedVersion) -> bool:
    return bool(after.snapshot and (version.taken_at, version.pk) < (after.at, after.snapshot.pk))


def _side(versions: list[Snapshot], key: str, working: str, at: datetime) -> ComparedVersion | None:
    if key == NOW:
        return ComparedVersion(NOW, working, at, None)
    if not key:
        return None
    found = next((version for version in versions if version.key == key), None)
    if found is None:
        raise Http404
    return ComparedVersion(key, found.name, found.taken_at, found)


def _data(side: ComparedVersion, plan: Plan) -> dict[str, object]:
    return side.snapshot.data if side.snapshot else as_json(frozen(plan))
