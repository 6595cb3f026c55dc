"""Which handler answers, and who may ask: a small conversation made for the purpose."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import select

from handlers.conversation.context import Context, UserError
from handlers.conversation.dispatcher import Conversation
from handlers.conversation.routes import Routes
from handlers.messages import Answer, UpdateKind
from storage.conversation import state
from storage.database import sealing
from storage.database.engine import Store, Tx
from storage.members import interactions, members
from storage.models import CodeAttempts, MemberState, Role, Step
from tests.support import SETTINGS, ClubInATest, Phone, rows_of

routes = Routes()


@routes.command("soan", "compose", role=Role.OFFICER, words=["soạn"])
async def compose(context: Context) -> Answer:
    await context.set_state("title", asked="yes")
    return [context.reply(context.say("cancelled"))]


@routes.command("hong", "broken", role=None, in_menu=False)
async def write_then_refuse(context: Context) -> Answer:
    await context.keep(partial(add_attempts, b"counted"))
    await add_attempts(b"written", context.tx)
    raise UserError("number-missing", command="hong")


async def add_attempts(lookup: bytes, tx: Tx) -> None:
    tx.session.add(CodeAttempts(lookup=lookup, updated_at=tx.clock.now()))
    await tx.session.flush()


routes.brief_step("brief")


@routes.command("cho", "wait", role=None, in_menu=False)
async def begin_brief_step(context: Context) -> Answer:
    await context.set_state("brief")
    return [context.reply(context.say("cancelled"))]


@routes.step("title", role=Role.OFFICER)
async def title(context: Context) -> Answer:
    return [
        context.reply(
            context.say("only-in-private", link=context.data["asked"] + context.incoming.text)
        )
    ]


@routes.command("huy", "cancel", role=None, at_any_step=["huỷ", "hủy bỏ"])
async def cancel(context: Context) -> Answer:
    return [context.reply(context.say("cancelled"))]


@routes.action("open", role=Role.OFFICER)
async def open_number(context: Context) -> Answer:
    return [context.toast(str(context.number()))]


@routes.fallback(role=None)
async def stranger(context: Context) -> Answer:
    return [context.reply(context.say("members-only"))]


@routes.fallback(role=Role.MEMBER)
async def member(context: Context) -> Answer:
    return [context.reply(context.say("cancelled"))]


@pytest.fixture
async def club(club: ClubInATest) -> ClubInATest:
    """A club with the commands of this module alone."""
    club.conversation = Conversation(SETTINGS, [routes])
    return club


@pytest.mark.parametrize(
    "typed", ["/soan", "/compose", "/SOAN", "/soan@niemtin_bot", "soan", "Soạn"]
)
async def test_a_command_works_in_both_languages(typed: str, minh: Phone) -> None:
    await minh.says(typed, "Tiêu đề")
    assert "yesTiêu đề" in minh.last


@pytest.mark.parametrize("typed", ["/soa", "/soann", "/so an", "/"])
async def test_part_of_a_command_is_no_command(club: ClubInATest, typed: str, minh: Phone) -> None:
    await minh.says(typed)
    async with club.reading() as tx:
        lookup = sealing.chat_lookup(tx, minh.address.messenger, minh.address.chat)
        assert await state.find(tx, lookup) is None


async def test_a_forwarded_command_is_a_post_and_not_an_order(
    club: ClubInATest, minh: Phone
) -> None:
    await minh.says("/soan", forwarded=True)
    async with club.reading() as tx:
        lookup = sealing.chat_lookup(tx, minh.address.messenger, minh.address.chat)
        assert await state.find(tx, lookup) is None


async def test_a_member_cannot_use_an_officers_command(lan: Phone) -> None:
    await lan.says("/soan")
    assert "cán bộ" in lan.last


async def test_a_member_cannot_press_an_officers_button(lan: Phone) -> None:
    await lan.presses_action("open:7")
    assert (lan.toasts, lan.messages) == (
        ["Mục này dành cho người khác. Gõ /trogiup để xem bạn có thể làm gì."],
        {},
    )


async def test_a_role_taken_away_is_gone_at_the_next_press(minh: Phone) -> None:
    await minh.says("/soan")
    await minh.becomes(role=Role.MEMBER)
    await minh.presses_action("open:7")
    await minh.says("Tiêu đề")
    assert minh.toasts == ["Mục này dành cho người khác. Gõ /trogiup để xem bạn có thể làm gì."]
    assert "yesTiêu đề" not in minh.last


async def test_a_suspended_officer_has_no_role(minh: Phone) -> None:
    await minh.becomes(state=MemberState.SUSPENDED)
    await minh.presses_action("open:7")
    assert minh.toasts[0].startswith("Tư cách hội viên của anh/chị đang tạm dừng")


@pytest.mark.parametrize(
    "action", ["open", "open:", "open:x", "open:-1", f"open:{2**31}", "nothing:1", ""]
)
async def test_a_forged_button_does_no_harm(action: str, minh: Phone) -> None:
    await minh.presses_action(action)
    assert minh.toasts[0].startswith("Lựa chọn này không còn dùng được")


async def test_the_largest_number_a_button_can_carry(minh: Phone) -> None:
    await minh.presses_action(f"open:{2**31 - 1}")
    assert minh.toasts == [str(2**31 - 1)]


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_of_what_a_refused_order_wrote_only_its_counts_are_kept(
    club: ClubInATest, store: Store, messenger: str
) -> None:
    lan = await club.member("Lan", messenger=messenger)
    await lan.says("/hong")
    assert [one.lookup for one in await rows_of(store, select(CodeAttempts))] == [b"counted"]
    assert "/hong 12" in lan.last


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_a_brief_step_stays_ended_when_the_order_that_ended_it_is_refused(
    club: ClubInATest, store: Store, messenger: str
) -> None:
    lan = await club.member("Lan", messenger=messenger)
    await lan.says("/cho")
    assert len(await rows_of(store, select(Step))) == 1
    await lan.says("/hong")
    assert await rows_of(store, select(Step)) == []


async def test_a_member_who_unblocked_the_bot_can_be_reached_again(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.blocks()
    blocked = await club.in_read(members.contact_of, lan.member_id)
    assert blocked is not None
    assert blocked.unreachable_since == club.clock.now()
    await lan.says("chào")
    back = await club.in_read(members.contact_of, lan.member_id)
    assert back is not None
    assert back.unreachable_since is None


async def test_who_came_back_stays_reachable_when_the_block_before_it_is_reported_late(
    club: ClubInATest, lan: Phone
) -> None:
    came_back = club.clock.now()
    async with club.store.write() as tx:
        contact = await members.contact_of(tx, lan.member_id)
        assert contact is not None
        await interactions.note(tx, contact, came_back)
    for at, is_reachable in ((came_back - timedelta(seconds=1), True), (came_back, False)):
        await club.handle(lan.incoming(UpdateKind.BLOCKED, at=at))
        found = await club.in_read(members.contact_of, lan.member_id)
        assert found is not None
        assert (found.unreachable_since is None) is is_reachable


@pytest.mark.parametrize(
    ("typed", "meant"), [("/soạn", "soan"), ("/soann", "soan"), ("/compoze", "compose")]
)
async def test_a_mistyped_command_gets_the_nearest_one_that_this_person_may_use(
    minh: Phone, lan: Phone, typed: str, meant: str
) -> None:
    await minh.says(typed)
    assert f"/{meant} không?" in minh.last
    await lan.says(typed)
    assert f"/{meant}" not in lan.last
    await minh.says("/thoitiet")
    assert "Có phải" not in minh.last


@pytest.mark.parametrize(("typed", "ends"), [("Huỷ", True), ("hủy bỏ.", True), ("Huy", False)])
async def test_a_word_for_any_step_counts_with_its_diacritics_where_a_text_is_asked_for(
    minh: Phone, typed: str, *, ends: bool
) -> None:
    await minh.says("/soan", typed)
    assert ("Đã huỷ" in minh.last) is ends


async def test_a_new_name_in_the_app_is_taken_over(club: ClubInATest, lan: Phone) -> None:
    lan.name = "Lan Nguyễn"
    await lan.says("chào")
    async with club.reading() as tx:
        assert members.name_of(tx, await members.get(tx, lan.member_id)) == "Lan Nguyễn"


def test_the_menu_shows_what_a_role_alone_may_do_first() -> None:
    extra = Routes()
    extra.command("trogiup", "help", role=None)(compose)
    menu = Conversation(replace(SETTINGS), [extra, routes])
    with pytest.raises(LookupError, match="menu-nosuchcommand"):
        # The sentence of the menu's line is missing here: forgetting one is loud.
        Conversation(SETTINGS, [_routes_without_sentence()]).menu(Role.OFFICER, "vi")
    assert menu.menu(None, "vi")[0].command == "trogiup"


def _routes_without_sentence() -> Routes:
    unpaired = Routes()
    unpaired.command("soan", "nosuchcommand", role=None)(compose)
    return unpaired
