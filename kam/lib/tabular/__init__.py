"""Tables in and out of files: CSV and XLSX, in bounded memory, with honest errors."""

from kam.lib.tabular.errors import Problem, TableError, shortened
from kam.lib.tabular.table import Table, TableRow, as_text, open_table
from kam.lib.tabular.workbook import Cell

__all__ = [
    "Cell",
    "Problem",
    "TableRow",
    "Table",
    "TableError",
    "as_text",
    "open_table",
    "shortened",
]
