"""A tracking code is read as it was meant, and an unknown one is said to be unknown."""

import pytest
from sqlmodel import select

from handlers.conversation.i18n import Speech
from storage.models import Case, Flag
from tests.support import RUMOUR, SETTINGS, ClubInATest, Phone, decided, flag, the_case

VI = Speech("vi", SETTINGS.timezone)
CODE = "48Q5X7"


async def coded(club: ClubInATest) -> None:
    """The one case has a code with characters that are easily mistaken."""
    async with club.store.write() as tx:
        case = await tx.one(select(Case))
        case.code = CODE
        for flagged in await tx.all(select(Flag)):
            flagged.original_code = CODE


@pytest.mark.parametrize(
    "typed",
    [
        "48Q5X7",
        "48q5x7",
        "48O5X7",
        "480sx7",
        "48 05-X1",
        " mã 48Q-5X7",
        "Mã theo dõi: 48Q5X7",
        "#48Q5X7",
    ],
)
async def test_the_state_of_a_post_is_found_however_its_code_is_typed(
    club: ClubInATest, lan: Phone, typed: str
) -> None:
    await flag(lan)
    await coded(club)
    await lan.says(typed)
    assert f"<b>{CODE}</b> · " in lan.last
    assert RUMOUR in lan.last
    await lan.says(f"/tracuu {typed}")
    assert f"<b>{CODE}</b> · " in lan.last


async def test_a_decided_post_is_one_tap_from_its_verdict(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await coded(club)
    await decided(minh, club)
    await lan.says("48o5x7")
    await lan.presses(f"Đọc kết luận {CODE}")
    assert CODE in lan.last


@pytest.mark.parametrize("typed", ["4842O", "48Q5X8", "48q-5x8", "CFHJK-2345O"])
async def test_an_unknown_code_is_said_to_be_unknown_and_what_to_do(
    club: ClubInATest, lan: Phone, typed: str
) -> None:
    await flag(lan)
    await coded(club)
    await lan.says(typed)
    assert "không tìm thấy mã" in lan.last
    assert "/tindabao" in lan.last


async def test_the_code_of_somebody_elses_case_is_as_unknown_as_any(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    await coded(club)
    await hoa.says(CODE)
    assert hoa.last == VI("code-unknown", code=CODE)


@pytest.mark.parametrize(
    "typed", ["19h30", "100000", "500k", "0912345678", "kkkkkk", "ok bạn nhé", "5 rưỡi chiều"]
)
async def test_hours_amounts_and_numbers_are_no_codes(lan: Phone, typed: str) -> None:
    await lan.says(typed)
    assert "không tìm thấy mã" not in lan.last


async def test_an_officer_opens_the_case_of_a_code(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await coded(club)
    await minh.says("48o5x7")
    await minh.presses(CODE)
    assert CODE in minh.last
    assert (await the_case(club)).code == CODE
