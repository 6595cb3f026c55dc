"""What somebody said to the club is nowhere after they erased themselves, whoever it went to."""

import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import RowMapping, make_url, select
from sqlmodel import SQLModel

from storage.database import sealing
from storage.database.engine import Store, Tx
from storage.maintenance.key_rotation import SEALED_COLUMNS
from storage.members import members
from storage.models import MemberState, Role
from storage.privacy import erasure
from tests.support import (
    EXPLANATION,
    VOTING_DAY,
    ClubInATest,
    Phone,
    ask_reporters,
    flag,
    newest_for,
    publish,
    taken,
    the_case,
)
from tests.support.announcements import officer_actions

NAME = "Đặng Thị Tuyết Lan"
WORDS = "Hôm qua tôi thấy một người lạ ở cổng trường"

TO_A_MEMBER = {"question.answer_sealed", "suspension.reason_sealed", "appeal.answer_sealed"}
"""What an officer wrote to a member in the club's name is that member's: it stays, sealed and
unsigned, as long as what it answers."""

Action = Callable[[ClubInATest], Awaitable[Phone]]
"""A conversation in which Lan says `WORDS`; ends with what others got still on its way to them."""


async def club_of_two(club: ClubInATest, *, owner: bool = False) -> tuple[Phone, Phone]:
    """Bình, an owner, and Lan, an officer."""
    binh = await club.officer("Bình", owner=True)
    return binh, await club.officer(NAME, owner=owner)


async def asked_and_was_answered(club: ClubInATest) -> Phone:
    binh, lan = await club.officer("Bình"), await club.member(NAME)
    await lan.says(f"/hoi {WORDS}?")
    await binh.opens("/cauhoi", " · ", "Nhận trả lời", "Viết câu trả lời")
    await binh.says("Cảm ơn, công an đã biết.")
    await binh.presses("Gửi câu trả lời")
    return lan


async def answered_a_question(club: ClubInATest) -> Phone:
    _, lan = await club_of_two(club)
    mai = await club.member("Mai")
    await mai.says("/hoi Có ai thấy gì không?")
    await lan.opens("/cauhoi", " · ", "Nhận trả lời", "Viết câu trả lời")
    await lan.says(WORDS)
    await lan.presses("Gửi câu trả lời")
    return lan


async def was_suspended_and_appealed(club: ClubInATest) -> Phone:
    binh, lan = await club.officer("Bình"), await club.member(NAME)
    await club.officer("Minh")
    await suspended(binh, lan, "Đăng lại nhiều lần tin chưa kiểm chứng")
    await lan.says(f"/khieunai {WORDS}")
    return lan


async def suspended(officer: Phone, member: Phone, reason: str) -> None:
    await officer.opens(f"/hoivien {member.name}", member.name, "Tạm dừng tư cách hội viên")
    await officer.says(reason)
    await officer.presses("Tạm dừng")


async def suspended_a_member_for_a_reason(club: ClubInATest) -> Phone:
    _, lan = await club_of_two(club)
    await suspended(lan, await club.member("Mai"), WORDS)
    return lan


async def upheld_a_suspension(club: ClubInATest) -> Phone:
    binh, lan = await club_of_two(club)
    mai = await club.member("Mai")
    await suspended(binh, mai, "Đăng lại nhiều lần tin chưa kiểm chứng")
    await mai.says("/khieunai Tôi chỉ đăng một lần và đã gỡ")
    await newest_for(lan)
    await lan.presses("Xem khiếu nại", "Giữ nguyên")
    await lan.says(WORDS)
    await lan.presses("Quyết định và gửi")
    return lan


async def refused_an_announcement(club: ClubInATest) -> Phone:
    binh, lan = await club_of_two(club)
    await officer_actions.submit_draft(binh)
    await officer_actions.open_first_waiting(lan)
    await lan.presses("Không duyệt")
    await lan.says(WORDS)
    return lan


async def asked_for_approval(club: ClubInATest) -> Phone:
    _, lan = await club_of_two(club)
    await officer_actions.submit_draft(lan, title=WORDS)
    return lan


async def was_refused_and_wrote_it_anew(club: ClubInATest) -> Phone:
    binh, lan = await club_of_two(club)
    number = await officer_actions.submit_draft(lan, title=WORDS)
    await officer_actions.open_first_waiting(binh)
    await binh.presses("Không duyệt")
    await binh.says("Tiêu đề chưa rõ")
    await lan.presses_action(f"compose-edit:{number}:title")
    await lan.says("Ngày bầu cử")
    await officer_actions.submit_card(lan)
    await officer_actions.open_first_waiting(binh)
    await binh.presses("Duyệt")
    return lan


async def sent_a_trial_to_the_officers(club: ClubInATest) -> Phone:
    _, lan = await club_of_two(club)
    await officer_actions.compose_draft(lan, title=WORDS)
    await lan.presses("Gửi thử cho cán bộ")
    return lan


async def accepted_an_offer(club: ClubInATest) -> Phone:
    binh, lan = await club.officer("Bình", owner=True), await club.member(NAME)
    await offered(binh, lan)
    await lan.presses("Tôi nhận lời")
    return lan


async def declined_an_offer(club: ClubInATest) -> Phone:
    binh, lan = await club.officer("Bình", owner=True), await club.member(NAME)
    await offered(binh, lan)
    await lan.presses("Không, cảm ơn")
    return lan


async def offered(owner: Phone, member: Phone) -> None:
    await owner.opens(f"/hoivien {member.name}", member.name, "Mời làm cán bộ")
    await newest_for(member)


async def proposed_a_verdict(club: ClubInATest) -> Phone:
    club = replaced(club, verdict_approval=True)
    _, lan = await club_of_two(club)
    await flag(await club.member("Mai"))
    await taken(lan, club)
    for what in ("Kết luận", "Lừa đảo"):
        await lan.presses(what)
    for said in (WORDS, EXPLANATION, "https://hoaan.gov.vn"):
        await lan.says(said)
    await lan.presses("Gửi duyệt")
    return lan


async def noted_something_on_a_case(club: ClubInATest) -> Phone:
    _, lan = await club_of_two(club)
    await flag(await club.member("Mai"))
    await lan.presses_action(f"casenote:{(await the_case(club)).code}")
    await lan.says(WORDS)
    return lan


async def asked_the_reporters(club: ClubInATest) -> Phone:
    _, lan = await club_of_two(club)
    mai = await club.member("Mai")
    await flag(mai)
    await ask_reporters(lan, club, WORDS)
    await newest_for(mai)
    return lan


async def answered_as_a_reporter(club: ClubInATest) -> Phone:
    binh, lan = await club.officer("Bình"), await club.member(NAME)
    await flag(lan)
    await ask_reporters(binh, club, "Tin này ở đâu?")
    await newest_for(lan)
    await lan.presses("Trả lời")
    await lan.says(WORDS)
    await binh.presses_action(f"caseanswers:{(await the_case(club)).code}:0")
    return lan


async def refused_a_verdict(club: ClubInATest) -> Phone:
    club = replaced(club, verdict_approval=True)
    binh, lan = await club_of_two(club)
    await flag(await club.member("Mai"))
    code = await taken(binh, club)
    for what in ("Kết luận", "Lừa đảo"):
        await binh.presses(what)
    for said in ("Có tin nói phải nộp tiền.", EXPLANATION, "https://hoaan.gov.vn"):
        await binh.says(said)
    await binh.presses("Gửi duyệt")
    await lan.presses_action(f"verdictsee:{code}")
    await lan.presses("Không duyệt")
    await lan.says(WORDS)
    return lan


async def told_where_she_shared_and_was_asked(club: ClubInATest) -> Phone:
    binh, lan = await club.officer("Bình"), await club.member(NAME)
    number = await publish(club, VOTING_DAY)
    await lan.presses_action(f"shared:{number}")
    await lan.presses_action(f"proof:{number}")
    await lan.says("nhóm tổ 5")
    await binh.opens(f"/minhchung {number}", "tổ 5", "Hỏi lại")
    await binh.says("Nhóm này của xã nào ạ?")
    await newest_for(lan)
    await lan.presses("Trả lời")
    await lan.says(WORDS)
    return lan


async def asked_about_her_data(club: ClubInATest) -> Phone:
    binh, lan = await club.officer("Bình", owner=True), await club.member(NAME)
    await lan.opens("/dulieu", "Yêu cầu chỉnh sửa")
    await lan.says(WORDS)
    await lan.presses("Gửi")
    await newest_for(binh)
    return lan


def replaced(club: ClubInATest, **settings: object) -> ClubInATest:
    return ClubInATest(club.store, club.clock, replace(club.settings, **settings))  # type: ignore[arg-type]


ACTIONS: tuple[Action, ...] = (
    asked_and_was_answered,
    answered_a_question,
    was_suspended_and_appealed,
    suspended_a_member_for_a_reason,
    upheld_a_suspension,
    refused_an_announcement,
    asked_for_approval,
    was_refused_and_wrote_it_anew,
    sent_a_trial_to_the_officers,
    accepted_an_offer,
    declined_an_offer,
    proposed_a_verdict,
    refused_a_verdict,
    noted_something_on_a_case,
    asked_the_reporters,
    answered_as_a_reporter,
    told_where_she_shared_and_was_asked,
    asked_about_her_data,
)


async def kept(store: Store, *, opened_too: bool) -> list[tuple[str, object]]:
    """Every value of every column of every table, under the column's name."""
    async with store.read() as tx:
        return [
            (f"{table.name}.{name}", value)
            for table in SQLModel.metadata.sorted_tables
            for row in (await tx.execute(select(table))).mappings()
            for name, one in row.items()
            for value in (opened(tx, f"{table.name}.{name}", one, row) if opened_too else [one])
        ]


def said_in(value: object) -> bool:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return NAME in text or WORDS in text


def opened(tx: Tx, column: str, value: object, row: RowMapping) -> Iterator[object]:
    """The value as it stands and, of one that is sealed, what is in it."""
    yield value
    field = {f"{one.table.name}.{one.column.name}": one.field for one in SEALED_COLUMNS}.get(column)
    if field and isinstance(value, bytes):
        text = sealing.opened(tx, field, value, row)
        try:
            yield json.loads(text)
        except ValueError:
            yield text


async def found(store: Store) -> set[str]:
    """The columns that hold Lan's name or words, whether sealed or not."""
    return {column for column, value in await kept(store, opened_too=True) if said_in(value)}


async def erases_herself(lan: Phone) -> None:
    await lan.opens("/xoadulieu", "Xoá dữ liệu của tôi")
    assert (await lan.club.in_read(members.get, lan.member_id)).state is MemberState.LEFT
    await erasure.finish(lan.club.store)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
async def test_after_she_erased_herself_nothing_she_said_is_anywhere(
    club: ClubInATest, action: Action
) -> None:
    lan = await action(club)
    assert await found(club.store) > {"member.name_sealed"}, "it was kept until then"
    await erases_herself(lan)
    assert await found(club.store) <= TO_A_MEMBER
    if club.store.engine.dialect.name == "sqlite":
        left = files_of(club.store)
        assert not [words for words in (NAME, WORDS) if words.encode() in left]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
async def test_what_waits_for_others_holds_nobodys_words_in_clear(
    club: ClubInATest, action: Action
) -> None:
    await action(club)
    clear = {column for column, value in await kept(club.store, opened_too=False) if said_in(value)}
    assert not {column for column in clear if column.startswith(("mailing.", "delivery."))}


def files_of(store: Store) -> bytes:
    path = Path(make_url(str(store.engine.url)).database or "")
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


@pytest.mark.parametrize("leaving", ["/xoadulieu", "/roiclb"])
async def test_the_lists_officers_were_offered_as_numbers_hold_no_name_of_who_is_gone(
    club: ClubInATest, leaving: str
) -> None:
    binh = await club.member("Bình", role=Role.OWNER, messenger="zalo")
    minh = await club.member("Minh", role=Role.OFFICER, messenger="zalo")
    lan = await club.officer(NAME)
    for officer in (binh, minh):
        await officer.says(f"/hoivien {NAME}", "1")
    await binh.says("/canbo")
    assert {"choicelist.choices_sealed", "step.data_sealed"} <= await found(club.store)
    await lan.says(leaving)
    await lan.presses("Xoá dữ liệu của tôi" if leaving == "/xoadulieu" else "Rời câu lạc bộ")
    assert await found(club.store) == set()


async def test_a_number_still_means_what_it_did_after_somebody_else_erased_themselves(
    club: ClubInATest,
) -> None:
    binh = await club.member("Bình", role=Role.OWNER, messenger="zalo")
    minh, lan = await club.officer("Minh"), await club.member(NAME)
    await binh.says("/canbo")
    place = next(n for n, one in enumerate(binh.buttons, 1) if minh.name in one.label)
    await erases_herself(lan)
    await binh.says(str(place))
    assert "Minh" in binh.last


async def test_who_is_no_officer_any_more_keeps_no_list_of_people(club: ClubInATest) -> None:
    binh, lan = await club_of_two(club)
    minh = await club.member("Minh", role=Role.OFFICER, messenger="zalo")
    await minh.says(f"/hoivien {NAME}")
    await binh.opens("/canbo", "Minh", "Cho thôi vai trò cán bộ", "Đồng ý")
    assert (await minh.member()).role is Role.MEMBER
    await erases_herself(lan)
    assert await found(club.store) == set()
