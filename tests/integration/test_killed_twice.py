"""An update that ends the process twice is set aside; nobody else pays for it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO

import aiohttp
import pytest
from PIL import Image
from sqlmodel import col, select

from bot.store.open_store import open_clock, open_store
from storage.database.engine import Store
from storage.database.schema import upgrade
from storage.members import members
from storage.models import InboxUpdate, Purpose, Role, Suspicion
from tests.integration.conftest import Home, MakeHome
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, bot_texts, until

HANGS_S = 600.0
"""What a test never waits for: a picture that does not arrive keeps its update in hand."""
TURNS_ARE_OVER_S = 20
TIMEOUT_S = 90.0


@dataclass
class KillScenario:
    """A bot that can be killed, an officer, and members who send pictures."""

    sandbox: SandboxTestClient
    home: Home
    store: Store

    async def member(self, name: str, role: Role = Role.MEMBER) -> SandboxUser:
        phone = await self.sandbox.add_user(name)
        async with self.store.write() as tx:
            member = await members.add(
                tx,
                messenger="telegram",
                chat=str(phone.id),
                name=name,
                role=role,
                language="vi",
                area=None,
            )
            if role.is_officer:
                await members.agree(tx, member, Purpose.DUTIES, text_version="1", language="vi")
        return phone

    async def sends_picture(self, phone: SandboxUser) -> None:
        content = BytesIO()
        Image.new("RGB", (90, 90)).save(content, "PNG")
        form = aiohttp.FormData()
        form.add_field("photo", content.getvalue(), filename="a.png", content_type="image/png")
        url = f"{self.sandbox.url}/sandbox/chats/{phone.id}/send"
        async with aiohttp.ClientSession() as http, http.post(url, data=form) as answer:
            assert answer.status == 200, await answer.text()

    async def fetched(self) -> int:
        return len(await self.sandbox.calls("getFile"))

    async def is_fetching(self, times: int) -> None:
        """How many pictures were begun since the sandbox started."""

        async def begun() -> bool:
            return await self.fetched() >= times

        await until(begun, f"picture no. {times}", TIMEOUT_S)

    async def suspicions(self) -> list[Suspicion | None]:
        """Against the updates that wait, in their order."""
        async with self.store.read() as tx:
            waiting = select(InboxUpdate.suspicion).where(col(InboxUpdate.handled_at).is_(None))
            rows = (await tx.session.exec(waiting.order_by(col(InboxUpdate.id)))).all()
        return [Suspicion(one) if one else None for one in rows]

    async def dies(self, bot: BotProcess) -> None:
        """Killed; what it held on PostgreSQL is free for the next one."""
        bot.kill()
        await self.sandbox.advance_by(seconds=TURNS_ARE_OVER_S)


@pytest.fixture
async def scenario(
    sandbox: SandboxTestClient, make_home: MakeHome, database_url: str
) -> AsyncIterator[KillScenario]:
    home = make_home(database=database_url)
    store = open_store(home.settings, await open_clock(home.settings))
    await upgrade(store.engine)
    yield KillScenario(sandbox, home, store)
    await store.close()


async def test_what_ends_the_process_twice_is_set_aside_and_everybody_else_is_served(
    scenario: KillScenario, sandbox: SandboxTestClient
) -> None:
    owner = await scenario.member("Hạnh", Role.OWNER)
    lan, bao = await scenario.member("Lan"), await scenario.member("Bảo")
    await owner.starts()
    stranger = await sandbox.add_user("Người lạ")
    await sandbox.inject_fault(method="getFile", delay_s=HANGS_S, times=1000)
    await scenario.sends_picture(lan)
    await scenario.sends_picture(bao)
    with BotProcess(scenario.home.config) as bot:
        await owner.reads("")
        await scenario.is_fetching(2)
        await scenario.dies(bot)
    assert await scenario.suspicions() == [None, None]
    for begun in (3, 4):
        # Only one is begun, the other waits until that is over.
        await stranger.sandbox.post(f"chats/{stranger.id}/send", text="/trogiup")
        with BotProcess(scenario.home.config) as bot:
            await scenario.is_fetching(begun)
            first, second, *_ = await scenario.suspicions()
            assert first in (Suspicion.ALONE, Suspicion.ALONE_AGAIN)
            assert second is Suspicion.SUSPECT
            await scenario.dies(bot)
    await sandbox.clear_faults()
    with BotProcess(scenario.home.config):
        await lan.reads("bỏ qua", "đừng gửi lại")
        await owner.reads("ngừng đột ngột hai lần", "bỏ qua")
        await bao.reads("Gửi câu lạc bộ kiểm tra")

        async def all_is_done() -> bool:
            return len(await bot_texts(stranger)) == 2 and not await scenario.suspicions()

        await until(all_is_done, "the end of the inbox", TIMEOUT_S)
    assert await scenario.fetched() == 5
    assert len(await bot_texts(lan)) == 1
    assert "Lan" not in "".join(await bot_texts(owner))


async def test_a_stop_by_signal_is_not_held_against_what_was_alone(
    scenario: KillScenario, sandbox: SandboxTestClient
) -> None:
    lan = await scenario.member("Lan")
    await sandbox.inject_fault(method="getFile", delay_s=HANGS_S, times=1000)
    await scenario.sends_picture(lan)
    with BotProcess(scenario.home.config) as bot:
        await scenario.is_fetching(1)
        await scenario.dies(bot)
    for begun in (2, 3):
        with BotProcess(scenario.home.config) as bot:
            await scenario.is_fetching(begun)
            assert await scenario.suspicions() == [Suspicion.ALONE]
            assert await bot.stop() is not None
        assert await scenario.suspicions() == [Suspicion.SUSPECT]
        await sandbox.advance_by(seconds=TURNS_ARE_OVER_S)
    await sandbox.clear_faults()
    with BotProcess(scenario.home.config):
        await lan.reads("Gửi câu lạc bộ kiểm tra")
