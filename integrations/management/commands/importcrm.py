"""bin/manage importcrm PATH: a file or a folder exported by another system."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from accounts.models import User
from integrations.imports.importing import NothingKnown, take_path
from integrations.imports.layouts.layouts import Entry, by_file
from integrations.imports.layouts.sources import SOURCES
from kam.lib.tabular import TableError

HELP_MAP = (
    'JSON that says which column holds what: {"kind": "revenue", "columns": {"account": "Cliente", '
    '"month": "Fecha", "revenue": "Importe"}, "order": "day", "decimal": ","}; '
    'for several files a list of these, each with its "file"'
)
HELP_BY = "mail address of the person in whose name to import; an administrator by default"


class Command(BaseCommand):
    help = "Import accounts, people, opportunities and activities that another system exported."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--source", default="auto", choices=["auto", *SOURCES])
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")
        parser.add_argument("--json", action="store_true", help="answer in JSON")
        parser.add_argument("--currency", default="", help="of rows that name none, such as EUR")
        parser.add_argument("--dates", default="", choices=["day", "month"],
                            help="which comes first where the file leaves it open")  # fmt: skip
        parser.add_argument("--map", type=Path, help=HELP_MAP)
        parser.add_argument("--by", default="", help=HELP_BY)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.exists():
            raise CommandError(f"{path} does not exist.")
        try:
            report = take_path(
                path,
                source=options["source"],
                said=mapping_of(options["map"]),
                by=self._person(options["by"]),
                at=now(),
                only_try=options["dry_run"],
                currency=options["currency"].upper(),
                order=options["dates"],
            )
        except (TableError, NothingKnown) as error:
            raise CommandError(str(error)) from error
        self._answer(report, as_json=options["json"])

    def _person(self, email: str) -> User:
        if email:
            found: User | None = User.objects.filter(email__iexact=email).first()
            if found is None:
                raise CommandError(f"Nobody has the address {email}.")
            return found
        found = User.objects.filter(is_admin=True, is_active=True).order_by("pk").first()
        return found or _importer()

    def _answer(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        for kind, tally in report.items():
            if isinstance(tally, dict) and "created" in tally:
                self.stdout.write(
                    f"{kind}: {tally['created']} created, {tally['updated']} updated, "
                    f"{tally['unchanged']} unchanged, {tally['skipped']} skipped"
                )
                for reason in tally["reasons"]:
                    self.stdout.write(f"  {reason['rows']} skipped: {reason['reason']}")
        if "opportunities" in report:
            self.stdout.write(f"won: {report['opportunities']['won_total']:,.2f}")
        for one in report["files"]:
            self._name_columns(one["file"], one["not_kept"])
        for name in report["ignored"]:
            self.stdout.write(f"not imported: {name}")

    def _name_columns(self, file: str, left: list[dict[str, str]]) -> None:
        if left:
            shown = "; ".join(f"{column['column']} ({column['example']})" for column in left)
            self.stdout.write(f"columns not kept, {file}: {shown}")


def mapping_of(path: Path | None) -> dict[str, list[Entry]]:
    """By file, "" for all; a CommandError says what is wrong with the mapping."""
    if path is None:
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}.") from error
    entries = told if isinstance(told, list) else [told]
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("columns", {}), dict):
            raise CommandError(f'{path}: an entry looks like {{"kind": …, "columns": {{…}}}}.')
    return by_file(entries)


def _importer() -> User:
    """Before the first administrator there is nobody to import for: a name that cannot sign in."""
    found: User | None = User.objects.filter(email="import@localhost").first()
    return found or User.objects.create_user("import@localhost", name="Import", is_active=False)
