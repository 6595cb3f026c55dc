"""Members see everything that is held about them, and can have it erased, but never by mistake."""

import json
from collections.abc import Sequence
from html import escape

import pytest
from sqlmodel import select

from handlers.conversation.i18n import Html, Speech
from handlers.conversation.settings import LANGUAGES
from handlers.messages import Answer, Button, Media, Message, Reply
from handlers.notifications import notify
from handlers.registry import conversation
from storage import audit_log
from storage.members import members
from storage.models import AuditAction, AuditEntry, Member, MemberState, Role
from storage.privacy import erasure
from storage.privacy.data_inventory import INVENTORY
from storage.privacy.data_inventory_types import plain_name
from tests.support import (
    NAME,
    SETTINGS,
    WORDS,
    ClubInATest,
    Phone,
    add_one_row_per_table,
    begin_stepwise,
    submit_draft,
)


def documents(answer: Answer) -> dict[str, str]:
    """The files of an answer, by name."""
    media = [piece.message.media for piece in answer if isinstance(piece, Reply) and piece.message]
    return {one.name: one.content.decode() for one in media if isinstance(one, Media)}


async def test_everything_held_comes_as_a_page_and_as_json(club: ClubInATest) -> None:
    lan, _ = await add_one_row_per_table(club)
    page, data = documents(await lan.says("/dulieu")).values()
    held = json.loads(data)["held"]
    # Her waiting message was handled before this one.
    assert list(held) == [one.name for one in INVENTORY]
    assert (held["member"][0]["name"], held["question"][0]["text"]) == (NAME, WORDS)
    assert page.count(WORDS) >= 8
    assert "http" not in page.replace("https://facebook.com", "").replace("https://hoaan", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_column_has_a_plain_name(language: str) -> None:
    say = Speech(language, SETTINGS.timezone)
    for one in INVENTORY:
        assert say(f"data-table-{one.name}")
        assert say(f"data-why-{one.name}")
        for column in (*one.also_shown, *one.exported_columns):
            assert say(f"data-column-{plain_name(column)}")
            values: Sequence[str] = getattr(
                getattr(one.table.c.get(column), "type", None), "enums", ()
            )
            assert all(say(f"data-value-{value}") for value in values)


async def test_the_page_is_in_the_member_s_language_and_lets_nothing_in(club: ClubInATest) -> None:
    eve = await club.member("<script>alert(1)</script>", language="en")
    (name, page), _ = documents(await eve.says("/mydata")).items()
    assert name == "my-data.html"
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [("vi", "Đã gửi & xong", "Sent & done"), ("en", "Sent & done", "Đã gửi & xong")],
)
async def test_the_page_shows_the_words_and_nothing_of_the_program(
    club: ClubInATest, language: str, said: str, unsaid: str
) -> None:
    lan = await club.member("Lan", language=language)

    def write(say: Speech) -> Message:
        text = "Sent &amp; <b>done</b>" if say.language == "en" else "Đã gửi &amp; <b>xong</b>"
        return Message(Html(text), ((Button("Xem", action="case:K7"),),))

    async with club.store.write() as tx:
        await notify(tx, club.settings, [await lan.member()], "a notice", write, about=None)
    page, data = documents(await lan.says("/dulieu")).values()
    assert page.count(escape(said)) == 1
    assert escape(unsaid) not in page
    assert "case:K7" in data
    for raw in ("case:K7", "{", "(trống)", "<dd>vi", "<dd>en", "<dd></dd>"):
        assert raw not in page.partition("</style>")[2]


async def test_a_draft_and_a_step_are_shown_in_the_words_that_were_written(minh: Phone) -> None:
    await begin_stepwise(minh)
    await minh.says("Ngày <bầu> cử")
    page, _ = documents(await minh.says("/dulieu")).values()
    assert "<dd>Ngày &lt;bầu&gt; cử</dd>" in page
    assert "compose" not in page
    assert "answered" not in page


async def test_what_an_officer_did_is_told_in_words_and_names_nobody_else(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    async with club.store.write() as tx:
        officer, member = [await members.get(tx, one.member_id) for one in (minh, lan)]
        await audit_log.record(tx, officer, AuditAction.MEMBER_SUSPENDED, member=member.actor)
    page, _ = documents(await minh.says("/dulieu")).values()
    assert "một hội viên" in page
    assert "Lan" not in page
    assert "member suspended" not in page


async def test_announcements_are_named_as_people_name_them(minh: Phone, hanh: Phone) -> None:
    await submit_draft(minh)
    await minh.presses_action("approval-reopen:1:1")
    await minh.presses_action("draft-discard-sure:1:2")
    await submit_draft(minh)
    await hanh.presses_action("approval-give:2:1")
    for phone, tables in ((minh, ("announcement", "draft", "auditentry")), (hanh, ("approval",))):
        page, data = documents(await phone.says("/dulieu")).values()
        held = json.loads(data)["held"]
        labels = {row.get("announcement") for table in tables for row in held[table]}
        labels |= {row["details"].get("announcement") for row in held["auditentry"]}
        assert labels - {None} == ({"N1", "1"} if phone is minh else {"1"})
        assert "số 2" not in page
    assert "duyệt thông báo số 1, bản 1" in page


async def test_nobody_sees_what_is_held_of_another(club: ClubInATest) -> None:
    lan, _ = await add_one_row_per_table(club)
    hong = await club.member("Hồng")
    answer = await hong.says("/dulieu")
    assert not any(WORDS in text or NAME in text for text in documents(answer).values())
    assert lan.member_id != hong.member_id


async def test_who_is_suspended_still_sees_and_erases(club: ClubInATest, lan: Phone) -> None:
    await lan.becomes(state=MemberState.SUSPENDED)
    assert len(documents(await lan.says("/dulieu"))) == 2
    await lan.opens("/xoadulieu", "Xoá dữ liệu của tôi")
    assert "Đã xoá" in lan.last


async def test_erasing_asks_once_and_then_the_member_is_a_stranger(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.says("/xoadulieu")
    assert "/roiclb" in lan.last
    assert (await lan.member()).state is MemberState.ACTIVE
    await lan.presses("Xoá dữ liệu của tôi")
    assert lan.menus[-1].role is None
    assert await erasure.finish(club.store) == 1
    await lan.says("/dulieu")
    assert "chưa là hội viên" in lan.last
    await lan.presses_action("erase:0")
    assert "chưa là hội viên" in lan.toasts[-1]


@pytest.mark.parametrize(
    "text", ["/xoadulieu ngay", "xoá dữ liệu", "xoadulieu", "/xoa", "/xoadulieu1", "erase"]
)
async def test_only_the_whole_command_asks_about_erasing(text: str, lan: Phone) -> None:
    await lan.says(text)
    assert "Xoá dữ liệu của tôi" not in lan.labels


async def test_who_keeps_their_data_loses_nothing(lan: Phone) -> None:
    await lan.opens("/xoadulieu", "Giữ lại")
    assert (await lan.member()).state is MemberState.ACTIVE


@pytest.mark.parametrize(("minutes", "erased"), [(60, True), (61, False)])
async def test_an_old_question_erases_nobody(
    club: ClubInATest, minutes: int, lan: Phone, *, erased: bool
) -> None:
    await lan.says("/xoadulieu")
    club.clock.advance(minutes=minutes)
    await lan.presses("Xoá dữ liệu của tôi")
    left = (await club.in_read(members.get, lan.member_id)).state is MemberState.LEFT
    assert left is erased


async def test_the_last_owner_cannot_erase_before_there_is_another(
    club: ClubInATest, owner: Phone
) -> None:
    await owner.says("/xoadulieu")
    assert "/loimoi" in owner.last
    await owner.presses_action(f"erase:{int(club.clock.now().timestamp())}")
    assert (await owner.member()).role is Role.OWNER


async def test_the_log_keeps_what_an_erased_officer_did_and_names_nobody(club: ClubInATest) -> None:
    lan, binh = await add_one_row_per_table(club)
    actor = (await lan.member()).actor
    await lan.opens("/xoadulieu", "Xoá dữ liệu của tôi")
    assert actor not in (await club.rows(select(Member.actor)))
    await erasure.finish(club.store)
    async with club.store.read() as tx:
        entries = (await tx.session.exec(select(AuditEntry.actor))).all()
        known = [one.actor for one in await members.officers(tx)]
    assert actor in entries
    assert known == [(await binh.member()).actor]


def test_members_have_both_in_their_menu_and_strangers_have_not() -> None:
    both = {"dulieu", "xoadulieu"}
    menus = conversation(SETTINGS)
    assert both <= {entry.command for entry in menus.menu(Role.MEMBER, "vi")}
    assert not both & {entry.command for entry in menus.menu(None, "vi")}
