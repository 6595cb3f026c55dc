"""Files that open in a spreadsheet and run nothing there."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from handlers.rendering.spreadsheets import CELL_CHARACTERS, Table, as_csv, as_xlsx, escape_formula
from tests.support import SETTINGS

ZONE = SETTINGS.timezone
NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
TABLE = Table(
    "Thông báo",
    ("Số", "Tiêu đề", "Gửi lúc", "Ngày", "Trống"),
    [(1, "Bầu cử “15/3”, từ 7:00\nđến 19:00", NOON, date(2026, 3, 10), None)],
)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_excel_knows_the_csv_for_utf_8_and_vietnamese_arrives_whole() -> None:
    content = as_csv(TABLE, ZONE)
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows_of(content) == [
        list(TABLE.head),
        ["1", "Bầu cử “15/3”, từ 7:00\nđến 19:00", "2026-03-10 12:00", "2026-03-10", ""],
    ]


def test_the_workbook_holds_numbers_days_and_moments_as_such() -> None:
    book = load_workbook(BytesIO(as_xlsx([TABLE, Table("Vụ việc", ("Mã",), [])], ZONE)))
    assert book.sheetnames == ["Thông báo", "Vụ việc"]
    row = [cell.value for cell in book["Thông báo"][2]]
    assert row[:2] == [1, "Bầu cử “15/3”, từ 7:00\nđến 19:00"]
    assert row[2:4] == [datetime(2026, 3, 10, 12, 0), datetime(2026, 3, 10)]  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=cmd|' /C calc'!A0", "＝1", "＠x"],
)
def test_what_looks_like_a_formula_stays_a_text(text: str) -> None:
    assert escape_formula(text) == f"'{text}"
    table = Table("x", ("x",), [(text,)])
    assert rows_of(as_csv(table, ZONE))[1][0].startswith("'")
    (cell,) = load_workbook(BytesIO(as_xlsx([table], ZONE)))["x"][2]
    assert cell.data_type == "s"


@pytest.mark.parametrize("text", ["Bầu cử", "1+1=2", "15/3", "a@b.vn", ""])
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert escape_formula(text) == text


@given(st.text(max_size=40))
def test_no_cell_of_the_csv_begins_a_formula(text: str) -> None:
    assert not escape_formula(text).lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_cell_holds_what_a_spreadsheet_can_hold() -> None:
    for length in (CELL_CHARACTERS, CELL_CHARACTERS + 1):
        book = load_workbook(BytesIO(as_xlsx([Table("x", ("x",), [("a" * length,)])], ZONE)))
        assert len(str(book["x"]["A2"].value)) == CELL_CHARACTERS
