"""Labels of announcements as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.announcement_reference import TypedLabel, read_label
from storage.announcements.references import Reference
from tests.support.announcements.records import publish
from tests.support.club import ClubInATest, Phone

IDS = st.integers(min_value=1, max_value=999_999_999)
AHEAD = st.sampled_from(
    [
        "",
        " ",
        "số ",
        "Số ",
        "so ",
        "SỐ ",
        "thông báo số ",
        "Announcement no. ",
        "#",
        "# ",
        "№ ",
        "no. ",
    ]
)
BEHIND = st.sampled_from(["", " ", ",", ".", " nhé", "!", "?", " (ngày bầu cử)"])


@given(IDS, st.none() | IDS, AHEAD, BEHIND, st.booleans())
def test_what_is_read_is_found_however_it_is_typed(
    own_id: int, number: int | None, ahead: str, behind: str, capitals: bool
) -> None:
    label = Reference(own_id, number).label
    typed = f"{ahead}{label if capitals else label.lower()}{behind}"
    expected = TypedLabel(own_id, is_provisional=True) if number is None else TypedLabel(number)
    assert read_label(typed) == expected


@given(st.text())
def test_any_text_is_a_label_or_none(text: str) -> None:
    label = read_label(text)
    assert label is None or label.value >= 0


@pytest.mark.parametrize("text", ["", "số", "N", "mười", "-7", "1.5", "1,5", "7a", "x7", "1" * 10])
def test_what_is_no_label(text: str) -> None:
    assert read_label(text) is None


async def test_a_typed_number_is_never_an_id(club: ClubInATest, minh: Phone, lan: Phone) -> None:
    await minh.says("/soan", "Một bản nháp bỏ dở\nNguồn: https://hoaan.gov.vn")
    assert await publish(club) == 2
    await lan.says("/thongbao 2")
    assert "Không tìm thấy thông báo này" in lan.last
    for typed in ("1", "số 1", "N2", "n2", "số N2"):
        await lan.says(f"/thongbao {typed}")
        assert "Thông báo số 1" in lan.last, typed


@pytest.mark.parametrize("command", ["dinhchinh", "thuhoi", "minhchung", "thongke", "tiendo"])
async def test_every_command_of_officers_takes_every_label(
    club: ClubInATest, minh: Phone, command: str
) -> None:
    await minh.says("/soan", "Một bản nháp bỏ dở\nNguồn: https://hoaan.gov.vn")
    assert await publish(club) == 2
    for typed in ("1", "số 1", "N2", "n2"):
        await minh.says(f"/{command} {typed}")
        shown = "\n".join(one.text for one in minh.messages.values())
        assert "hông báo số 1" in shown, typed
    before = len(minh.messages)
    await minh.says(f"/{command} 2")
    refused = "\n".join(one.text for one in [*minh.messages.values()][before:])
    assert "số 1" not in refused
