"""The health check of a messenger spares the calls of its account."""

import asyncio

from bot.monitoring.health_checks import MessengerCheck
from handlers.messages import Unreachable
from tests.support.waiting import begun, in_time, run_other_tasks


async def test_all_who_ask_at_once_get_the_answer_of_one_call() -> None:
    calls, answer = [], asyncio.Event()

    async def who_am_i() -> object:
        calls.append(1)
        await answer.wait()
        raise Unreachable("no answer")

    check = MessengerCheck(who_am_i)
    asking = [asyncio.create_task(check()) for _ in range(150)]
    await run_other_tasks()
    answer.set()
    assert set(await asyncio.gather(*asking)) == {"Unreachable: no answer"}
    assert len(calls) == 1


async def test_while_the_messenger_hangs_it_is_asked_once() -> None:
    asked = 0

    async def hang() -> None:
        nonlocal asked
        asked += 1
        await asyncio.Event().wait()

    check = MessengerCheck(hang)
    first = await begun(check())
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert await in_time(check()) == "no answer"
    assert asked == 1
