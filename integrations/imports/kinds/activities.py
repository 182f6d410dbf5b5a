"""Activities, kept as interactions: what took place as what it was, what did not as a note."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from accounts.models import ExternalKey, Interaction, OurPart, TheirPart
from accounts.models.interactions import NOTE_LENGTH, Kind
from integrations.imports.copying import insert
from integrations.imports.import_reader import Record
from integrations.imports.kinds.known_records import bare
from integrations.imports.kinds.places import Placed
from integrations.imports.kinds.row_keeper import Draft, LeaveOut
from integrations.imports.layouts.choice_words import choice_of
from integrations.imports.layouts.foreign_words import kind_of, took_place, was_reached
from integrations.imports.layouts.sources import SOURCES

SAME_WORDS = 80
NO = {"no", "false", "0"}


class Talks(Placed):
    kind = "activity"
    model = Interaction

    def draft(self, record: Record) -> Draft:
        account = self._places.account(record)
        at = self._moment(record)
        person = self._places.person(record, account)
        user, owner = self.run.ours.owner(record.text("owner_key"), record.text("owner"))
        kind, note = self._words(record)
        reached = was_reached(record.text("direction"), record.text("outcome"))
        fields = {
            "kind": kind,
            "at": at,
            "note": note[:NOTE_LENGTH],
            "is_two_way": _both(record, reached) and kind != Kind.NOTE,
        }
        key = record.text("key") or self.own_key(account, kind, at, person, record.text("title"))
        others = {"person": person, "user": user}
        return Draft(
            record, key[:200], account, fields, {"author_id": user or self.run.by}, owner, others
        )

    def _words(self, record: Record) -> tuple[str, str]:
        title, text = record.text("title"), record.text("text")
        note = title if not text or text == title else f"{title}\n{text}" if title else text
        kind = self._kind(record.text("type"))
        if record.values.get("done") and not took_place(record.text("done")):
            return Kind.NOTE, _("Planned: %(title)s") % {"title": note}
        return kind, note

    def _kind(self, word: str) -> Kind:
        """A CRM's words are its own: an Event of Salesforce is a meeting, not one of our events."""
        ours = None if self.source in SOURCES else choice_of(Kind, word)
        return Kind(ours) if ours else kind_of(word)

    def _moment(self, record: Record) -> datetime:
        at: datetime | None = record.values.get("at")
        if at is None:
            raise LeaveOut("no_day", _("The row has no date."), "at")
        if at.tzinfo is None:
            clock = at.time() if at.time() != time.min else time(12)
            at = datetime.combine(at.date(), clock, tzinfo=self.run.zone)
        if at > self.run.at + timedelta(days=1):
            raise LeaveOut("to_come", _("The date is still to come."), "at", at.date().isoformat())
        return at

    def match(self, drafts: Sequence[Draft]) -> dict[int, int]:
        """The same talk out of another system: same day, kind and person, and the same words."""
        if not self.newest_before:
            return {}
        here = self._here(drafts)
        found = {}
        for place, draft in enumerate(drafts):
            candidates = here.get(self._sign(draft), [])
            line = draft.fields["note"].split("\n", 1)[0]
            best = max(candidates, key=lambda row: _alike(line, row[1]), default=None)
            if best and _alike(line, best[1]) >= SAME_WORDS:
                found[place] = best[0]
                candidates.remove(best)
        return found

    def _sign(self, draft: Draft) -> tuple[int | None, str, date, int | None]:
        day = draft.fields["at"].astimezone(self.run.zone).date()
        return draft.account, str(draft.fields["kind"]), day, draft.others["person"]

    def _here(self, drafts: Sequence[Draft]) -> dict[Any, list[tuple[int, str]]]:
        moments = [draft.fields["at"] for draft in drafts]
        rows = Interaction.objects.filter(
            account__in={draft.account for draft in drafts},
            at__gte=min(moments) - timedelta(days=1),
            at__lte=max(moments) + timedelta(days=1),
            pk__lte=self.newest_before,
        ).order_by("pk")
        talks = list(rows.values_list("pk", "account_id", "kind", "at", "note"))
        pks = [row[0] for row in talks]
        keys = ExternalKey.objects.of(self.source, self.kind)
        claimed = set(keys.filter(record__in=pks).values_list("record", flat=True))
        people: dict[int, set[int | None]] = defaultdict(set)
        parts = TheirPart.objects.filter(interaction__in=pks)
        for talk, person in parts.values_list("interaction_id", "stakeholder_id"):
            people[talk].add(person)
        here = defaultdict(list)
        for pk, account, kind, at, note in talks:
            day = at.astimezone(self.run.zone).date()
            met: set[int | None] = people.get(pk) or {None}
            for somebody in met:
                if pk not in claimed:
                    here[account, kind, day, somebody].append((pk, note.split("\n", 1)[0]))
        return here

    def made(self, drafts: Sequence[Draft], pks: Sequence[int]) -> None:
        theirs, ours = [], []
        for draft, pk in zip(drafts, pks, strict=True):
            place: dict[str, Any] = {"account_id": draft.account, "interaction_id": pk}
            if draft.others["person"]:
                theirs.append({"stakeholder_id": draft.others["person"], **place})
                self.run.met.add(draft.others["person"])
            if draft.others["user"]:
                ours.append({"user_id": draft.others["user"], **place})
        insert(TheirPart, theirs)
        insert(OurPart, ours)


def _both(record: Record, reached: bool) -> bool:
    """As the table says; else as it follows from direction and outcome."""
    said = bare(record.text("two_way"))
    return said not in NO if said else reached


def _alike(mine: str, theirs: str) -> float:
    return float(fuzz.partial_ratio(mine, theirs))
