"""History is append-only: the database itself refuses to change or delete what was kept."""

from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from tests.base import ClaveTest

GUARDS = """
    SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relname = %s AND NOT t.tgisinternal AND t.tgtype & %s > 0 AND t.tgenabled <> 'D'
"""
DELETE, UPDATE = 8, 16


class HistoryKeptTest(ClaveTest):
    def test_every_table_of_history_is_guarded(self) -> None:
        tables = [m._meta.db_table for m in apps.get_models() if hasattr(m, "pgh_tracked_model")]

        self.assertGreater(len(tables), 5)
        for table in tables:
            for what in (UPDATE, DELETE):
                with self.subTest(table, what=what), connection.cursor() as cursor:
                    cursor.execute(GUARDS, [table, what])
                    self.assertGreater(cursor.fetchone()[0], 0)

    def test_what_was_kept_is_neither_changed_nor_deleted(self) -> None:
        events = self.action.events  # type: ignore[attr-defined]  # django-pghistory adds it
        self.assertTrue(events.exists())

        for attempt in (lambda: events.update(title="never was"), lambda: events.all().delete()):
            with self.assertRaisesRegex(ProgrammingError, "Cannot"), transaction.atomic():
                attempt()  # type: ignore[no-untyped-call]

    def test_writing_past_the_orm_is_kept_too(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE planning_action SET title = 'by hand' WHERE id = %s", [self.action.pk]
            )

        last = self.action.events.order_by("-pgh_id").first()  # type: ignore[attr-defined]  # django-pghistory adds it
        self.assertEqual(last.title, "by hand")
