"""How each kind of change is told: one entry a model, and the words of its actions in one place.

An app says what it knows when it is ready: `tell(Action, thing=_("the action “%(name)s”"), ...)`.
A tracked model below an account that says nothing is told with its verbose names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pghistory.models import Event

from accounts.models import Account

Text = str | Promise
# Words that depend on the row: a function of it.
Words = Text | Callable[[Any], Text]

# What the filter of the page offers; every model belongs to one.
GROUPS: dict[str, Text] = {
    "account": _("Account and team"),
    "plan": _("Plan"),
    "reviews": _("Reviews"),
}
GROUP_OF_APP = {"planning": "plan", "reviews": "reviews"}

ADDED, CHANGED, REMOVED = _("added %(thing)s"), _("changed %(thing)s"), _("deleted %(thing)s")
NAMES = ("name", "title", "text", "label", "summary")
UNTOLD = {"id", "account", "position", "sort_key", "fold", "search", "given_name"}


@dataclass(frozen=True)
class TellingOfModel:
    """One model: what it is called, how its coming, changing and going are said.

    `thing` holds %(name)s; every sentence may hold %(thing)s, %(name)s, %(old)s and %(new)s (of the
    first changed field) and the fields themselves. `name` is a field, or a function of the reading
    row that needs the references in `needs`. `verbs` are sentences by the name of the action;
    `turns` are two by a field: when it is filled and when it is emptied. `parts` are lists that a
    sentence may hold: the model of their rows, and its field that names one. In the actions it
    `follows` another record tells the whole story. A change of no told field, without a sentence of
    its own, is not told. `silent` labels (insert, update, delete) are not told. `guarded`: what a
    reader may see of it is asked of its `visible_to`; otherwise everybody who sees the account may
    read all of it. `crowded`: the same act of one person again and again is folded, as everything
    of one action is anyway. `implied` are fields that change with another, and are told only alone.
    """

    model: type[Model]
    event: type[Model]
    group: str
    thing: Text
    name: str | Callable[[Any], str] = ""
    needs: tuple[str, ...] = ()
    fields: Mapping[str, Text] = field(default_factory=dict)
    added: Words = ADDED
    changed: Words = CHANGED
    removed: Words = REMOVED
    verbs: Mapping[str, Words] = field(default_factory=dict)
    turns: Mapping[str, tuple[Words, Words]] = field(default_factory=dict)
    parts: Mapping[str, tuple[type[Model], str]] = field(default_factory=dict)
    follows: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    guarded: bool = False
    crowded: bool = False
    implied: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.model._meta.label_lower)

    @property
    def table(self) -> str:
        return str(self.event._meta.db_table)

    @property
    def account_column(self) -> str:
        return "pgh_obj_id" if self.model is Account else "account_id"

    def field_of(self, name: str) -> "Field[Any, Any]":
        return self.model._meta.get_field(name)  # type: ignore[return-value]  # our own columns only

    @property
    def references(self) -> dict[str, type[Model]]:
        """The told fields, and those its name needs, that point to other records."""
        wanted = {*self.fields, *self.needs}
        return {
            name: target.related_model
            for name in sorted(wanted)
            if isinstance(target := self.field_of(name), ForeignKey)
        }


_said: dict[str, dict[str, Any]] = {}


def tell(model: type[Model], **words: Any) -> None:
    _said[model._meta.label_lower] = words
    told.cache_clear()


def wordless() -> list[str]:
    """The models that brought no words of their own; none of ours should be among them."""
    return [kind for kind in told() if kind not in _said]


def group(key: str, words: Text) -> None:
    GROUPS.setdefault(key, words)


@cache
def told() -> dict[str, TellingOfModel]:
    """Every tracked model below an account, and the account itself, by its kind."""
    found: dict[str, TellingOfModel] = {}
    for event in apps.get_models():
        model = getattr(event, "pgh_tracked_model", None)
        if issubclass(event, Event) and model and (model is Account or _is_below(model)):
            entry = TellingOfModel(
                model=model, event=event, **(_said.get(model._meta.label_lower) or _plain(model))
            )
            found[entry.kind] = entry
    return dict(sorted(found.items()))


def _is_below(model: type[Model]) -> bool:
    return any(f.name == "account" and f.related_model is Account for f in model._meta.fields)


def _plain(model: type[Model]) -> dict[str, Any]:
    """Words for a model that brought none. Who may read its rows is asked of the model."""
    names = [f.name for f in model._meta.fields]
    name = next((n for n in NAMES if n in names), "")
    called = str(model._meta.verbose_name)
    return {
        "group": GROUP_OF_APP.get(model._meta.app_label, "account"),
        "thing": f"{called} “%(name)s”" if name else called,
        "name": name,
        "fields": {f.name: f.verbose_name for f in model._meta.fields if f.name not in UNTOLD},
        "guarded": True,
    }
