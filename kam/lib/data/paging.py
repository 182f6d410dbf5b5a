"""Fifty rows a page, unless it shows more than a list."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

ROWS = 50


def page_of(
    rows: QuerySet[Any], number: str | None, *, count: int | None = None, size: int = ROWS
) -> Page[Any]:
    """The page asked for, the nearest where there is none; no count query where `count` is known."""
    paginator = Paginator(rows, size)
    if count is not None:
        paginator.count = count
    return paginator.get_page(number)
