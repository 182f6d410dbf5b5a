"""People of the clients."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeGuard

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import ExternalKey, Stakeholder
from accounts.models.names import parts_of, with_parts
from accounts.models.stakeholders import DecisionRole, Influence
from integrations.imports.import_reader import Record
from integrations.imports.kinds.known_records import bare
from integrations.imports.kinds.places import Places
from integrations.imports.kinds.row_keeper import Draft, Keeper, LeaveOut
from integrations.imports.kinds.similar_records import Alike
from integrations.imports.layouts.choice_words import chosen
from kam.lib.text.names import stands_in

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
        self._alike = Alike(self.run, self.kind, self.source)
        # Names of those who were here before, by account.
        self._names: dict[int | None, dict[int, str]] = defaultdict(dict)
        for pk, name in self.run.people.names.items():
            self._names[self.run.people.accounts[pk]][pk] = bare(name)
        self._places = Places(self.run, accounts, self.keys)

    def draft(self, record: Record) -> Draft:
        name = record.text("name") or f"{record.text('first')} {record.text('last')}"
        name = self.tidy(name)[:200]
        if not name:
            raise LeaveOut("no_name", _("The row has no name."))
        account = self._places.account(record)
        email = _mail(record.text("email"))
        user, owner = self.run.ours.owner(record.text("owner_key"), record.text("owner"))
        # Given and family names of their own columns are kept as the file says them.
        first, last = (self.tidy(record.text(key))[:200] for key in ("first", "last"))
        apart = {"given_name": first, "family_names": last} if first and last else {}
        fields = {
            "name": name,
            **apart,
            "email": email,
            "phone": record.text("phone").strip()[:40],
            "title": record.text("title")[:200],
            "department": record.text("department")[:120],
            "owner_id": user,
            **_standing(record),
        }
        key = record.text("key") or email.lower() or self.own_key(account, bare(name))
        self._alike.leave_out_as_told(key[:200], name)
        return Draft(record, key[:200], account, fields, {} if apart else parts_of(name), owner)

    def match(self, drafts: Sequence[Draft]) -> dict[int, int]:
        """By mail or name among the people of the account, unless somebody decided otherwise."""
        found = {}
        for place, draft in enumerate(drafts):
            is_told, pk = self._alike.told(draft.key)
            how = "told"
            if not is_told:
                pk, how = self._same(draft)
            if self._is_free(pk, draft):
                found[place] = pk
                self._claimed.add(pk)
                name = self.run.people.names.get(pk, "")
                self._alike.joined(draft.key, how=how, like=pk, like_name=name, **_facts(draft))
            elif is_told:
                self._alike.joined(draft.key, how=how, like=None, like_name="", **_facts(draft))
            else:
                self._look_about(draft)
        return found

    def complete(self, row: Stakeholder, draft: Draft, differing: dict[str, Any]) -> None:
        """Another cadence is owed from now on; the parts of a name go with the name."""
        if {"cadence", "influence"} & set(differing):
            differing["owed_since"] = self.run.at
        if "name" in differing and "family_names" not in draft.fields:
            differing |= with_parts({"name": differing["name"]}, row)
        if "name" not in differing and not stands_in(
            row.name, draft.fields.get("family_names", "")
        ):
            for part in ("given_name", "family_names"):
                differing.pop(part, None)

    def _same(self, draft: Draft) -> tuple[int | None, str]:
        people, account = self.run.people, draft.account
        if pk := people.find(mail=draft.fields["email"], name="", account=account):
            return pk, "mail"
        return people.find(mail="", name=draft.fields["name"], account=account), "name"

    def _is_free(self, pk: int | None, draft: Draft) -> TypeGuard[int]:
        """Somebody who was here before this run, and whom no other row is."""
        return bool(
            pk
            and pk <= self.newest_before
            and pk not in self._claimed
            and self.run.people.accounts.get(pk) == draft.account
        )

    def _look_about(self, draft: Draft) -> None:
        mail, name = draft.fields["email"], bare(draft.fields["name"])
        others = self.run.people.by_mail.get(mail.lower(), []) if mail else []
        elsewhere = [pk for pk in others if pk <= self.newest_before and pk not in self._claimed]
        if elsewhere:
            account = self.run.people.accounts[elsewhere[0]]
            where = self.run.companies.names.get(account, "")
            if account != draft.account:
                self._alike.elsewhere(draft.key, where, **_facts(draft))
                return
        known = {
            pk: text for pk, text in self._names[draft.account].items() if pk not in self._claimed
        }
        self._alike.resembling(draft.key, name, known, self.run.people.names, **_facts(draft))

    def made(self, drafts: Sequence[Draft], pks: Sequence[int]) -> None:
        for draft, pk in zip(drafts, pks, strict=True):
            assert draft.account  # noqa: S101 (a contact without one was left out)
            self.run.people.add(pk, draft.account, draft.fields["name"], draft.fields["email"])

    def seen(self, draft: Draft, pk: int) -> None:
        self.keys[draft.key] = pk


def _facts(draft: Draft) -> dict[str, Any]:
    return {"line": draft.record.line, "name": draft.fields["name"],
            "about": draft.fields["email"]}  # fmt: skip


def _standing(record: Record) -> dict[str, Any]:
    """Decision roles, influence and rhythm of contact, where the table holds them."""
    found: dict[str, Any] = {}
    if text := record.text("influence"):
        found["influence"] = chosen(Influence, text, "influence")
    if text := record.text("roles"):
        parts = [part.strip() for part in text.replace(";", ",").split(",")]
        found["roles"] = [chosen(DecisionRole, part, "roles") for part in parts if part]
    days = record.values.get("cadence")
    if days is not None:
        if not 1 <= days <= MOST_DAYS:
            raise LeaveOut("bad_value", _("The days must be between 1 and 730."), "cadence",
                           f"{days:f}")  # fmt: skip
        found["cadence"] = int(days)
    return found


def _mail(text: str) -> str:
    """The address; one that is none is left out rather than the person."""
    try:
        validate_email(text.strip())
    except ValidationError:
        return ""
    return text.strip()[:254]
