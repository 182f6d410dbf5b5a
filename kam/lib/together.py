"""Several lists in one question: a page made of many small ones waits for the database once.

A part of a page is a generator: it yields the querysets it asks for, is sent their rows, may ask
for more, and returns what it makes of them. `together` runs such parts side by side, and sends all
that they ask for at the same time to PostgreSQL as one text of several statements.

    def glance(account: Account) -> Asking[Glance]:
        goals, years = yield [Goal.objects.of(account), Year.objects.of(account)]
        return Glance(goals, years)

    here, there = together(glance(account), vitals(account))
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

T = TypeVar("T")
Rows = list[list[Any]]
Asking = Generator[list[QuerySet[Any, Any]], Rows, T]


def together(*parts: Asking[Any]) -> list[Any]:
    """What each of the parts returns, in their order."""
    made: dict[int, Any] = {}
    answers: dict[int, Rows | None] = dict.fromkeys(range(len(parts)))
    while answers:
        asked: dict[int, list[QuerySet[Any, Any]]] = {}
        for number, rows in answers.items():
            try:
                asked[number] = parts[number].send(rows)  # type: ignore[arg-type] # None starts it
            except StopIteration as end:
                made[number] = end.value
        fetch([rows for mine in asked.values() for rows in mine])
        answers = {number: [list(rows) for rows in mine] for number, mine in asked.items()}
    return [made[number] for number in range(len(parts))]


def alone(part: Asking[T]) -> T:
    """What one part returns."""
    found: T = together(part)[0]
    return found


def first(rows: list[Any]) -> Any:
    """The one row that was asked for; None where there is none."""
    return rows[0] if rows else None


def fetch(asked: Iterable[QuerySet[Any, Any]]) -> None:
    """Fill these querysets with their rows in one round trip; what they prefetch comes after.

    Within an action each asks by itself: what keeps the history reads only the last answer.
    """
    asked = list(asked)
    if connection.execute_wrappers:
        for rows in asked:
            len(rows)
        return
    waiting = list(_compiled(asked))
    if not waiting:
        return
    text = ";\n".join(sql for _rows, _compiler, sql, _values in waiting)
    params = [value for *_asked, values in waiting for value in values]
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        answers = [cursor.fetchall()]
        while cursor.nextset():
            answers.append(cursor.fetchall())
    for (rows, compiler, *_sent), answer in zip(waiting, answers, strict=True):
        _fill(rows, compiler, answer)


def _compiled(
    asked: Iterable[QuerySet[Any, Any]],
) -> Iterator[tuple[QuerySet[Any, Any], Any, str, Sequence[Any]]]:
    """Each with its statement; what can have no rows is not asked."""
    for rows in asked:
        compiler = rows.query.get_compiler(using=rows.db)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:
            continue
        yield rows, compiler, sql, values


def _fill(rows: QuerySet[Any, Any], compiler: Any, answer: list[tuple[Any, ...]]) -> None:
    """Let the queryset read the answer as if it had asked by itself."""
    # Columns that only the order needs stand at the end.
    end = compiler.col_count if compiler.has_extra_select else None
    compiler.execute_sql = lambda *args, **options: [[row[:end] for row in answer]]
    rows.query.get_compiler = lambda *args, **options: compiler  # type: ignore[method-assign]  # one query's own compiler
    len(rows)
    del rows.query.get_compiler
