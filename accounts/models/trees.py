"""Rows that hang below rows of their own kind: groups of companies, business units."""

from django.db import connection, models


def ids_below(model: type[models.Model], pk: int) -> set[int]:
    """Everything below a row, itself not included; a ring stops at its first repetition."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE down (id) AS (
                SELECT id FROM {table} WHERE parent_id = %s
                UNION
                SELECT t.id FROM {table} t JOIN down ON t.parent_id = down.id
            )
            SELECT id FROM down WHERE id <> %s
            """,  # noqa: S608 (the table's name is our own)
            [pk, pk],
        )
        return {row[0] for row in cursor.fetchall()}


def makes_ring(model: type[models.Model], pk: int, parent_id: int | None) -> bool:
    """True when the row would stand below itself."""
    return parent_id is not None and (parent_id == pk or parent_id in ids_below(model, pk))


def one_mover_at_a_time(model: type[models.Model]) -> None:
    """Held to the end of the transaction: two moves at once could close a ring together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [model._meta.db_table])
