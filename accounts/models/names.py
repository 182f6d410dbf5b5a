"""A person's name: one text as it is shown, and its given and family parts kept apart."""

from typing import Any

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Collate, Concat, Trim
from django.utils.translation import gettext_lazy as _

from kam.lib.data.sorting import SortKey
from kam.lib.text.names import PersonName, divided, name_of, stands_in, taken_apart

BY_SURNAME = Collate(
    SortKey(
        Trim(Concat(F("family_names"), Value(" "), F("name"), output_field=models.TextField()))
    ),
    "C",
)


class Named(models.Model):
    """Beside a field `name`. Where nothing is kept apart, the reader's language divides."""

    name: Any
    given_name = models.CharField(_("Given name"), max_length=200, blank=True, db_default="")
    family_names = models.CharField(_("Family names"), max_length=200, blank=True, db_default="")

    class Meta:
        abstract = True

    @property
    def names(self) -> PersonName:
        return name_of(self)

    @property
    def name_parts(self) -> dict[str, str]:
        return {"given_name": self.given_name, "family_names": self.family_names}


def parts_of(name: str, family: str = "", language: str = "") -> dict[str, str]:
    """The fields that go with a name; `family` is what somebody wrote themselves."""
    apart = taken_apart(name, family, language)
    return {"given_name": apart.given[:200], "family_names": apart.family[:200]}


def with_parts(fields: dict[str, Any], stored: Named | None, language: str = "") -> dict[str, Any]:
    """The fields of a change, and what follows from them for the parts of the name.

    Another name is divided anew, unless somebody had corrected the family names and they still
    stand in it.
    """
    if not {"name", "family_names", "is_gap"} & set(fields):
        return fields
    if fields.get("is_gap", getattr(stored, "is_gap", False)):
        return {**fields, "given_name": "", "family_names": ""}
    name = fields.get("name", stored.name if stored else "")
    family = fields.get("family_names", _corrected(stored, name, language))
    return {**fields, **parts_of(name, family, language)}


def _corrected(stored: Named | None, name: str, language: str) -> str:
    """The family names that the old name alone would not have given."""
    if stored is None or divided(stored.name, language).family == stored.family_names:
        return ""
    return stored.family_names if stands_in(name, stored.family_names) else ""
