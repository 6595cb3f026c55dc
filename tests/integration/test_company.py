"""A club on several processes: two that answer behind one address, one that delivers, one clock."""

import asyncio
import random
import re

import aiohttp
import pytest

from bot.cli.owner_invite import invite_owner
from bot.demo import actions, data
from bot.demo.zalo_actor import add_zalo_user
from bot.intake.partition import SHARED_CAPACITY_MAX
from tests.integration.conftest import Home, MakeHome
from tests.support.announcements.broadcast import open_store_of
from tests.support.code_guessers import TRIES, all_handled, counted, try_codes
from tests.support.databases import PostgresqlTestDatabase
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, bot_texts, text_of, until
from tests.support.web_processes import ProcessGroup, process_group

SEED = 15_03_2026
_LINK = re.compile(r"http\S+/media/\S+")


@pytest.fixture
async def home(postgresql_test_database: PostgresqlTestDatabase, make_home: MakeHome) -> Home:
    await postgresql_test_database.empty()
    return make_home(database=postgresql_test_database.url, webhook=True, zalo="")


@pytest.mark.torture
async def test_a_day_is_lived_whichever_process_answers(
    sandbox: SandboxTestClient, home: Home
) -> None:
    async with process_group(home, webs=2) as here:
        owner, officer, ha = await _join(sandbox, home)
        await actions.announce(officer, owner, data.VOTING_DAY)
        await ha.reads(data.VOTING_DAY.title, data.VOTING_DAY.issuer)
        await ha.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
        await actions.flag(ha, data.SCAM)
        await actions.decide(officer, owner, data.SCAM, data.SCAM_VERDICT)
        await ha.reads("đã có kết luận", data.SCAM_VERDICT.source)
        await _asks_by_turns(ha, 10)
        await _opens_her_data_from_either(sandbox, owner)
    least, most = sorted(here.proxy.served.values())
    assert least > most // 2


async def _join(
    sandbox: SandboxTestClient, home: Home
) -> tuple[SandboxUser, SandboxUser, SandboxUser]:
    owner = await sandbox.add_user(data.OWNER.name)
    await actions.join(owner, (await invite_owner(home.settings)).code, data.OWNER)
    officer = await sandbox.add_user(data.OFFICER.name)
    await actions.join(officer, await actions.invite(owner, "Cán bộ"), data.OFFICER)
    ha = await sandbox.add_user("Hà")
    await actions.join(ha, await actions.invite(owner, "Hội viên"), data.MEMBERS[0])
    return owner, officer, ha


async def _opens_her_data_from_either(sandbox: SandboxTestClient, owner: SandboxUser) -> None:
    """A member on Zalo gets a link, which one process made and every process opens."""
    lan = await add_zalo_user(sandbox, "Lan")
    await actions.join(lan, await actions.invite(owner, "Hội viên"), data.MEMBERS[1])
    found = _LINK.search(text_of(await lan.says("dulieu", then="/media/")))
    assert found
    async with aiohttp.ClientSession() as http:
        for _ in range(2):
            async with http.get(found[0]) as answer:
                assert answer.status == 200
                assert await answer.read()


async def _asks_by_turns(who: SandboxUser, count: int) -> None:
    """Asks two things in turn, without waiting; the answers come in that order."""
    before = await bot_texts(who)
    for number in range(count):
        text = "/huy" if number % 2 else "/trogiup"
        await who.sandbox.post(f"chats/{who.id}/send", text=text)

    async def all_are_answered() -> bool:
        return len(await bot_texts(who)) == len(before) + count

    await until(all_are_answered, "every answer")
    first, second, *rest = (await bot_texts(who))[len(before) :]
    assert first != second
    assert rest == [first, second] * (count // 2 - 1)


@pytest.mark.torture
async def test_nothing_is_lost_or_counted_twice_however_often_who_answers_is_killed(
    sandbox: SandboxTestClient, home: Home
) -> None:
    await _kill_some(sandbox, home, strangers=120, kills=30)


async def _kill_some(sandbox: SandboxTestClient, home: Home, *, strangers: int, kills: int) -> None:
    people = [await sandbox.add_user(f"Người lạ {n}") for n in range(strangers)]
    async with open_store_of(home) as store, process_group(home, webs=2) as here:
        pouring = asyncio.create_task(try_codes(people, 0.02))
        await _kill_in_turn(here, kills)
        await pouring
        await until(lambda: all_handled(store, people), "the end of the inbox")
        assert await counted(store) == {TRIES: strangers}
    told = [len(await bot_texts(one)) for one in people]
    assert max(told) <= TRIES
    # Only what the killed one had in hand may have had its effect and no answer.
    assert sum(told) >= strangers * TRIES - kills * SHARED_CAPACITY_MAX
    print(f"\n{kills} kills: {sum(told)} of {strangers * TRIES} updates answered, all counted once")


async def _kill_in_turn(here: ProcessGroup, kills: int) -> None:
    chance = random.Random(SEED)
    for number in range(kills):
        port = list(here.webs)[number % len(here.webs)]
        await asyncio.sleep(chance.uniform(0.1, 0.5))
        here.kill(port)
        await asyncio.sleep(chance.uniform(0.1, 0.5))
        here.restart(port)
        await here.wait_until_up()
