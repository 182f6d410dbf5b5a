"""Large first migrations in seconds: the models are drawn once for many operations.

Django draws all related models anew after every single operation. With history tables and their
triggers that took 40 s of a first start; drawn once for each kind of operation it takes a few.
"""

from collections.abc import Sequence
from contextlib import suppress

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Operations none of which needs to see the models between the others."""

    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # A state without drawn models is only told; the next look at `state.apps` draws them all.
        with suppress(AttributeError):
            del state.apps
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} operations together"


def together(operations: Sequence[Operation]) -> list[Operation]:
    """All tables, then the fields they still lack, then indexes, constraints and triggers.

    For first migrations only, where every table is new and empty.
    """
    tables = [o for o in operations if isinstance(o, CreateModel)]
    fields = [o for o in operations if isinstance(o, AddField)]
    others = [o for o in operations if not isinstance(o, CreateModel | AddField)]
    return [Together(part) for part in (tables, fields, others) if part]
