"""Writes tables as CSV and XLSX without formulas."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

Cell = str | int | date | datetime | None
"""Datetimes are timezone-aware and are written in the club's time zone."""

CELL_CHARACTERS = 32_767
"""Maximum characters of a cell."""
SHEET_ROWS = 1_048_576
"""Maximum rows of a sheet, the header included."""
_FORMULA_PREFIXES = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""A spreadsheet treats a text with one of these prefixes as a formula (CSV injection)."""
_WIDEST = 60
_NARROWEST = 8


@dataclass(frozen=True)
class Table:
    """One sheet."""

    name: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def as_csv(table: Table, timezone: ZoneInfo) -> bytes:
    """CSV in UTF-8 with a byte order mark, for Excel; formula prefixes are escaped."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(table.head)
    for row in table.rows:
        writer.writerow([_in_csv(cell, timezone) for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Sequence[Table], timezone: ZoneInfo) -> bytes:
    """All tables in one workbook; texts are written as strings, never as formulas."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
            "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"}),
        }
        for table in tables:
            _write(book.add_worksheet(table.name), table, formats, timezone)
    return buffer.getvalue()


def _write(sheet: Any, table: Table, formats: dict[str, Any], timezone: ZoneInfo) -> None:
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(table.head):
        sheet.write_string(0, column, title, formats["head"])
        sheet.set_column(column, column, _width(table, column))
    for line, row in enumerate(table.rows[: SHEET_ROWS - 1], start=1):
        for column, cell in enumerate(row):
            kind, value = _in_xlsx(cell, timezone)
            (sheet.write_string if kind == "text" else sheet.write)(
                line, column, value, formats[kind]
            )


def _in_xlsx(cell: Cell, timezone: ZoneInfo) -> tuple[str, Any]:
    """The format and the value of a cell."""
    match cell:
        case datetime():
            return "moment", cell.astimezone(timezone).replace(tzinfo=None)
        case date():
            return "day", cell
        case int():
            return "number", cell
    return "text", (cell or "")[:CELL_CHARACTERS]


def _width(table: Table, column: int) -> int:
    longest = max((len(str(row[column] or "")) for row in table.rows), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 2, len(table.head[column]) // 2 + 2))


def _in_csv(cell: Cell, timezone: ZoneInfo) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell.astimezone(timezone):%Y-%m-%d %H:%M}"
        case str():
            return escape_formula(cell)
    return str(cell)


def escape_formula(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would treat it as a formula."""
    return f"'{text}" if text.lstrip(" \n").startswith(_FORMULA_PREFIXES) else text
