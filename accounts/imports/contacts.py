"""People of the clients."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.imports.choices import choice_of, words_for
from accounts.imports.keeper import Draft, Keeper, LeaveOut
from accounts.imports.known import bare
from accounts.imports.places import Places
from accounts.imports.reading import Record
from accounts.models import ExternalKey, Stakeholder
from accounts.models.stakeholders import DecisionRole, Influence

MOST_DAYS = 730


class Contacts(Keeper):
    kind = "contact"
    model = Stakeholder
    fills_blanks = True

    def __init__(self, *args: Any, accounts: dict[str, int]) -> None:
        super().__init__(*args)
        self.keys = dict(
            ExternalKey.objects.of(self.source, "contact").values_list("key", "record")
        )
        self._claimed = set(self.keys.values())
        self._places = Places(self.run, accounts, self.keys)

    def draft(self, record: Record) -> Draft:
        name = record.text("name") or f"{record.text('first')} {record.text('last')}"
        name = self.tidy(name)[:200]
        if not name:
            raise LeaveOut("no_name", _("The row has no name."))
        account = self._places.account(record)
        email = _mail(record.text("email"))
        user, owner = self.run.ours.owner(record.text("owner_key"), record.text("owner"))
        fields = {
            "name": name,
            "email": email,
            "phone": record.text("phone").strip()[:40],
            "title": record.text("title")[:200],
            "department": record.text("department")[:120],
            "owner_id": user,
            **_standing(record),
        }
        key = record.text("key") or email.lower() or self.own_key(account, bare(name))
        return Draft(record, key[:200], account, fields, {}, owner)

    def match(self, drafts: Sequence[Draft]) -> dict[int, int]:
        found = {}
        for place, draft in enumerate(drafts):
            pk = self.run.people.find(
                mail=draft.fields["email"], name=draft.fields["name"], account=draft.account
            )
            if pk and pk <= self.newest_before and pk not in self._claimed:
                found[place] = pk
                self._claimed.add(pk)
        return found

    def made(self, drafts: Sequence[Draft], pks: Sequence[int]) -> None:
        for draft, pk in zip(drafts, pks, strict=True):
            assert draft.account  # noqa: S101 (a contact without one was left out)
            self.run.people.add(pk, draft.account, draft.fields["name"], draft.fields["email"])

    def seen(self, draft: Draft, pk: int) -> None:
        self.keys[draft.key] = pk


def _standing(record: Record) -> dict[str, Any]:
    """Decision roles, influence and rhythm of contact, where the table holds them."""
    found: dict[str, Any] = {}
    if text := record.text("influence"):
        found["influence"] = _choice(Influence, text, "influence")
    if text := record.text("roles"):
        parts = [part.strip() for part in text.replace(";", ",").split(",")]
        found["roles"] = [_choice(DecisionRole, part, "roles") for part in parts if part]
    days = record.values.get("cadence")
    if days is not None:
        if not 1 <= days <= MOST_DAYS:
            raise LeaveOut("bad_value", _("The days must be between 1 and 730."), "cadence",
                           f"{days:f}")  # fmt: skip
        found["cadence"] = int(days)
    return found


def _choice(choices: Any, text: str, field: str) -> str:
    found = choice_of(choices, text)
    if found is None:
        reason = _("This is none of: %(words)s.") % {"words": words_for(choices)}
        raise LeaveOut("bad_choice", reason, field, text)
    return found


def _mail(text: str) -> str:
    """The address; one that is none is left out rather than the person."""
    try:
        validate_email(text.strip())
    except ValidationError:
        return ""
    return text.strip()[:254]
