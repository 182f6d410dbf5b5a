"""Forms of an import: the files, and which column of them holds what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from integrations.imports.import_page import DECIMALS, ORDERS, SIGNS
from integrations.imports.layouts import tables
from integrations.imports.layouts.layouts import ALL_SOURCES, Entry, head_of
from integrations.imports.layouts.sources import SOURCES
from kam.lib.web.fields import PlainText
from kam.lib.web.widgets import CurrencyField

MOST_FILES = 30
# What other kinds of files begin with, told by content and not by name.
NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"<!DOC", b"<!doc",
             b"<html", b"<HTML", b"{\\rtf", b"RIFF")  # fmt: skip


SHOWN_COLUMNS = 60


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is looked at by its first bytes."""

    widget = FilesInput(attrs={"multiple": True, "accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.zip"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = list(data) if isinstance(data, list | tuple) else [data]
        found = [super(FilesField, self).clean(one, initial) for one in given or [None]]
        if len(found) > MOST_FILES:
            raise ValidationError(_("At most 30 files at once. Pack them as one ZIP."))
        for file in found:
            _check(file)
        if sum(file.size or 0 for file in found) > settings.UPLOAD_TOGETHER:
            raise ValidationError(
                _("Together these files are larger than %(most)s. Send them in parts, or as ZIP."),
                params={"most": filesizeformat(settings.UPLOAD_TOGETHER)},
            )
        return found


def _check(file: Any) -> None:
    most = settings.UPLOAD_BYTES
    if (file.size or 0) > most:
        raise ValidationError(
            _("%(name)s is larger than %(most)s. Pack it as ZIP, split it, or have it imported "
              "with the command."),
            params={"name": file.name, "most": filesizeformat(most)},
        )  # fmt: skip
    head = file.read(8)
    file.seek(0)
    if head.lstrip().startswith(NO_TABLES):
        raise ValidationError(
            _("%(name)s is no table. Save it as CSV or XLSX and upload that."),
            params={"name": file.name},
        )


class UploadForm(forms.Form):
    uploads = FilesField(
        label=_("Files"),
        error_messages={"required": _("Choose at least one file."),
                        "empty": _("The file is empty. Export it again.")},
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Where they come from"), required=False)
    currency = CurrencyField(label=_("Currency of rows that name none"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, source.label) for name, source in SOURCES.items()]
        field: Any = self.fields["source"]
        field.choices = [("auto", _("Recognise by itself")), *known]

    def clean_source(self) -> str:
        return self.cleaned_data["source"] or "auto"


class TableForm(forms.Form):
    """One table of the import: its kind, and the column of each field."""

    kind = forms.ChoiceField(label=_("Holds"), required=False)
    tab = forms.ChoiceField(label=_("Sheet"), required=False)
    order = forms.ChoiceField(
        label=_("Dates"),
        required=False,
        choices=[("", _("As the columns say")), ("day", _("Day first (31/12)")),
                 ("month", _("Month first (12/31)"))],
    )  # fmt: skip
    decimal = forms.ChoiceField(
        label=_("Decimal sign"),
        required=False,
        choices=[("", _("As the columns say")), (",", _("Comma (1.234,50)")),
                 (".", _("Point (1,234.50)"))],
    )  # fmt: skip

    def __init__(self, data: Any = None, *, seen: Mapping[str, Any], prefix: str) -> None:
        first = {name: seen.get(name, "") for name in ("kind", "tab", "order", "decimal")}
        super().__init__(data, prefix=prefix, initial=first)
        self.seen = seen
        self.kind_before = str(seen.get("kind", ""))
        self.head: Sequence[str] = seen.get("head", [])
        self._choices()
        self.names = field_names(seen)
        for name in self.names:
            columns = seen["columns"].get(name) or [""]
            self.fields[f"col-{name}"] = PlainText(
                label=str(tables.label_of(self.kind_before, name)),
                help_text=str(tables.hint_of(self.kind_before, name)),
                required=False,
                max_length=500,
                initial=columns[0],
                widget=forms.TextInput(attrs={"list": f"{self.prefix}-head", "class": "in"}),
            )
        self.days, self.numbers = self._unclear("first"), self._unclear("decimal")

    def _choices(self) -> None:
        kinds: dict[str, Any] = {"": _("Nothing: leave this table out")}
        kinds |= {kind: tables.KIND_LABELS[kind] for kind in tables.TABLES}
        if self.kind_before:
            kinds.setdefault(self.kind_before, tables.KIND_LABELS[self.kind_before])
        field: Any = self.fields["kind"]
        field.choices = list(kinds.items())
        tabs: Any = self.fields["tab"]
        tabs.choices = [(one, one) for one in self.seen.get("tabs", [])]
        if len(tabs.choices) < 2:
            del self.fields["tab"]

    def _unclear(self, sign: str) -> list[Mapping[str, str]]:
        found = self.seen.get("ambiguous", [])
        return [one for one in found if sign in one["read_as"]]

    @property
    def columns(self) -> list[Any]:
        return [self[f"col-{name}"] for name in self.names]

    @property
    def rows(self) -> int:
        return int(self.seen.get("rows", 0))

    @property
    def mapped(self) -> int:
        return sum(1 for names in self.seen.get("columns", {}).values() if names)

    @property
    def shown_head(self) -> Sequence[str]:
        return self.head[:SHOWN_COLUMNS]

    @property
    def source_label(self) -> str:
        source = str(self.seen.get("source", ""))
        if source in ALL_SOURCES:
            return ALL_SOURCES[source].label
        return "" if source == "table" else source

    @property
    def facts(self) -> str:
        """Encoding, separator, order of dates and decimal sign, as they were recognised."""
        found = [str(self.seen.get("encoding") or "XLSX")]
        found += [str(SIGNS[sign]) for sign in [self.seen.get("separator", "")] if sign in SIGNS]
        found += [str(ORDERS[order]) for order in self.seen.get("days", [])]
        found += [str(DECIMALS[sign]) for sign in self.seen.get("decimals", [])]
        return ", ".join(found)

    @property
    def is_known(self) -> bool:
        return str(self.seen.get("source", "")) in ALL_SOURCES

    @property
    def turns_into_another(self) -> bool:
        """Another kind or sheet has other fields: they are guessed and shown first."""
        cleaned = self.cleaned_data
        tab = cleaned.get("tab", self.seen.get("tab", ""))
        other_tab = bool(self.seen.get("tab")) and tab != self.seen["tab"]
        return cleaned.get("kind", "") != self.kind_before or other_tab

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("kind") or self.turns_into_another:
            return cleaned
        for name in self.names:
            column = cleaned.get(f"col-{name}", "")
            if column and column not in self.head:
                self.add_error(f"col-{name}", _("There is no such column in the table."))
            elif column and list(self.head).count(column) > 1:
                self.add_error(f"col-{name}", _("The table has this column twice. Rename one."))
        if not self.is_known:
            chosen = {name: cleaned.get(f"col-{name}") for name in self.names}
            for lacking in tables.missing(cleaned["kind"], chosen):
                self.add_error(f"col-{lacking.name}", _("Choose the column that holds this."))
        if self.days and not cleaned.get("order") and not self.seen.get("order"):
            self.add_error("order", _("Say which comes first: the column can be read both ways."))
        return cleaned

    def entry(self) -> Entry:
        """As the batch keeps it, and as it is remembered for the next file of this head."""
        cleaned, seen = self.cleaned_data, self.seen
        kept = {name: seen.get(name) for name in ("file", "source", "constants", "rows")}
        said = {name: cleaned.get(name, "") for name in ("kind", "order", "decimal")}
        said["tab"] = cleaned.get("tab", seen.get("tab", ""))
        if self.turns_into_another:
            columns = tables.guess(said["kind"], self.head) if said["kind"] in tables.TABLES else {}
            kind = said["kind"] if said["tab"] == seen.get("tab", "") else "auto"
            return {**kept, **said, "source": "table", "kind": kind,
                    "columns": {name: [column] for name, column in columns.items()}}  # fmt: skip
        return {**kept, **said, "columns": dict(self._columns())}

    def _columns(self) -> Any:
        """A choice left as it was keeps the further columns that count where it is blank."""
        for name in self.names:
            chosen = self.cleaned_data.get(f"col-{name}", "")
            before = self.seen["columns"].get(name) or [""]
            if chosen:
                yield name, list(before) if chosen == before[0] else [chosen]


def field_names(seen: Mapping[str, Any]) -> list[str]:
    kind = seen.get("kind") or ""
    if not kind:
        return []
    names = [*seen.get("columns", {}), *(one.name for one in tables.TABLES.get(kind, ()))]
    ordered = [one.name for one in tables.TABLES.get(kind, ())]
    found = list(dict.fromkeys(names))
    return sorted(found, key=lambda name: ordered.index(name) if name in ordered else len(ordered))


def table_forms(data: Any, seen: Sequence[Mapping[str, Any]]) -> list[TableForm]:
    return [TableForm(data, seen=one, prefix=f"t{place}") for place, one in enumerate(seen)]


def remembered(forms: Sequence[TableForm], entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """By the head of each table all that it holds: the next file of this head comes up mapped."""
    found: dict[str, list[Entry]] = {}
    for form, entry in zip(forms, entries, strict=True):
        if not form.turns_into_another:
            found.setdefault(head_of(form.head, entry["tab"]), []).append(entry)
    return found
