"""A paste longer than a message, over real HTTP: the phone splits it, and the bot reads one text."""

from collections.abc import AsyncIterator

import pytest
from sqlmodel import select

from bot.cli.owner_invite import invite_owner
from bot.demo import actions, data
from bot.demo.actors import SandboxUser
from bot.demo.zalo_actor import add_zalo_user
from bot.store.open_store import open_store
from handlers.flagging.post import unpack
from handlers.recognition.plain_text import utf16_length
from handlers.views.announcement import TEXT_LIMIT
from storage.cases import posts
from storage.database.clock import SystemClock
from storage.models import CasePost
from tests.integration.conftest import Home, MakeHome, running
from tests.support.sandbox_client import SandboxTestClient, bot_texts
from tests.support.waiting import TIMEOUT_S

LONG = " ".join(f"Điểm {n}: bà con nhớ mang theo căn cước khi đi bỏ phiếu." for n in range(200))
LONG = LONG[:6000].strip()


@pytest.fixture(params=["telegram", "zalo"])
def app(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def home(app: str, make_home: MakeHome) -> AsyncIterator[Home]:
    # Telegram by polling, Zalo by webhook. However busy the machine is, the rest of a long text is waited for.
    intake = f"split_wait_s = {TIMEOUT_S}"
    home = make_home(zalo="", webhook=app == "zalo", intake=intake)
    async with running(home.settings):
        yield home


@pytest.fixture
async def officer(app: str, sandbox: SandboxTestClient, home: Home) -> SandboxUser:
    owner = await sandbox.add_user(data.OWNER.name)
    await actions.join(owner, (await invite_owner(home.settings)).code, data.OWNER)
    officer = await (sandbox.add_user("Tú") if app == "telegram" else add_zalo_user(sandbox, "Tú"))
    await actions.join(officer, await actions.invite(owner, "Cán bộ"), data.OFFICER)
    return officer


async def pastes(who: SandboxUser, text: str, *, then: str) -> str:
    """Sends a text that does not fit into one message, as a phone does; returns the one answer."""
    before = await bot_texts(who)
    sent = await who.sandbox.post(f"chats/{who.id}/send", text=text)
    assert len(sent["messages"]) > 1
    await who.reads(then)
    # What a second answer would be about came before this.
    await who.says("/trogiup", then="/dulieu")
    told = (await bot_texts(who))[len(before) : -1]
    assert len(told) == 1, told
    return told[0]


async def test_too_long_a_text_for_an_announcement_is_told_by_how_much_and_can_be_shortened(
    officer: SandboxUser,
) -> None:
    await actions.begin_stepwise(officer)
    await officer.says("Bầu cử 15/3", then="nội dung")
    told = await pastes(officer, LONG, then="Dài quá")
    over = int("".join(filter(str.isdigit, told.partition("Dài quá")[2].partition("ký tự")[0])))
    assert over > utf16_length(LONG) - TEXT_LIMIT
    await officer.says("Cử tri mang căn cước đến nơi bỏ phiếu.", then="ý chính")


async def test_a_pasted_post_that_was_split_is_flagged_as_one(
    home: Home, officer: SandboxUser
) -> None:
    await pastes(officer, f"/baotin {LONG}", then="Gửi câu lạc bộ kiểm tra")
    await officer.presses("Gửi kiểm tra", then="Mã theo dõi")
    store = open_store(home.settings, SystemClock())
    async with store.read() as tx:
        (post,) = (await tx.session.exec(select(CasePost))).all()
        kept = unpack(posts.content_of(tx, post) or "")
    await store.close()
    assert kept.text.split() == LONG.split()
