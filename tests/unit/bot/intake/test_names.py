"""Some messengers name nobody in their updates: the bot asks for a name once, and lives without it."""

from dataclasses import replace

import pytest

from handlers.messages import ButtonPress, ServerError, UpdateKind
from storage.database.engine import Store
from storage.members import members
from storage.models import Role
from tests.support import ManualClock, in_write
from tests.support.member_rows import add_member
from tests.unit.bot.intake.test_processor import LAN, Hall


@pytest.fixture
def hall(store: Store, clock: ManualClock) -> Hall:
    """An intake on a messenger that tells Lan's name when it is asked for it."""
    opened = Hall(store, clock)
    opened.messenger.names[LAN] = "Lan"
    return opened


async def asked(hall: Hall) -> int:
    async with hall.open() as intake:
        await intake.receive([hall.message(LAN, 1, "chào")])
    return hall.messenger.tried.count("display_name")


async def member_named(hall: Hall, name: str) -> int:
    return await in_write(
        hall.store,
        add_member,
        messenger="telegram",
        chat=LAN,
        name=name,
        role=Role.MEMBER,
        language="vi",
    )


async def name_of(hall: Hall, member_id: int) -> str:
    async with hall.store.read() as tx:
        return members.name_of(tx, await members.get(tx, member_id))


async def test_the_name_of_a_stranger_is_asked_for(hall: Hall) -> None:
    assert await asked(hall) == 1
    assert hall.names == ["Lan"]


async def test_the_name_of_a_member_who_has_one_is_not_asked_for(hall: Hall) -> None:
    number = await member_named(hall, "Lan Anh")
    assert await asked(hall) == 0
    assert await name_of(hall, number) == "Lan Anh"


async def test_a_member_without_a_name_gets_it_later(hall: Hall) -> None:
    number = await member_named(hall, "")
    assert await asked(hall) == 1
    assert await name_of(hall, number) == "Lan"


async def test_a_name_in_the_update_is_enough(hall: Hall) -> None:
    async with hall.open() as intake:
        await intake.receive([replace(hall.message(LAN, 1, "chào"), name="Tư")])
    assert (hall.messenger.tried.count("display_name"), hall.names) == (0, ["Tư"])


async def test_who_leaves_is_not_asked_about(hall: Hall) -> None:
    async with hall.open() as intake:
        await intake.receive([replace(hall.message(LAN, 1, ""), kind=UpdateKind.BLOCKED)])
    assert "display_name" not in hall.messenger.tried


async def test_who_presses_a_button_is_asked_about(hall: Hall) -> None:
    async with hall.open() as intake:
        press = replace(
            hall.message(LAN, 1, ""), kind=UpdateKind.PRESS, press=ButtonPress("1", "x", "1")
        )
        await intake.receive([press])
    assert "display_name" in hall.messenger.tried


async def test_without_an_answer_the_update_is_handled_all_the_same(hall: Hall) -> None:
    hall.messenger.trouble["display_name"] = [ServerError("away")]
    assert await asked(hall) == 1
    assert (hall.heard, hall.names) == (["chào"], [""])
