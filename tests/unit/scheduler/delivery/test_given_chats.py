"""What warns a member's chats goes to each of them, whatever the chat that came does meanwhile."""

import re

import pytest
from sqlmodel import select

from handlers.messages import Limits, RecipientGone
from storage.members import members
from storage.models import Contact, Delivery, DeliveryState, Role
from tests.support import ClubInATest, Phone
from tests.support.scripted_messenger import DeliveryHarness, ScriptedMessenger

S = DeliveryState
WHERE = pytest.mark.parametrize(
    ("here", "there"), [("telegram", "zalo"), ("zalo", "telegram")], ids=["telegram", "zalo"]
)


@pytest.fixture
def workers(club: ClubInATest) -> dict[str, DeliveryHarness]:
    """A worker on each messenger; nothing leaves the outbox without them."""
    club.is_delivering = False
    bare = Limits(text=2000, caption=2000, most_buttons=0, edits=False)
    zalo = DeliveryHarness(club, messenger=ScriptedMessenger("zalo", bare))
    return {"telegram": DeliveryHarness(club), "zalo": zalo}


async def deliver(workers: dict[str, DeliveryHarness], *states: DeliveryState) -> None:
    telegram, zalo = workers.values()

    def reached(found: list[DeliveryState]) -> bool:
        telegram.worker.nudge()
        return found == list(states)

    async with telegram.running(), zalo.running():
        await zalo.until(reached)


def read_in(workers: dict[str, DeliveryHarness], phone: Phone) -> str:
    return "\n".join(workers[phone.address.messenger].messenger.texts(phone.address.chat))


async def code_of(phone: Phone, command: str) -> str:
    await phone.says(command)
    found = re.search(r"<code>([^<\s]+)</code>", phone.last)
    assert found
    return found[1]


@WHERE
async def test_stopping_in_the_chat_that_came_holds_no_warning_back(
    club: ClubInATest, workers: dict[str, DeliveryHarness], here: str, there: str
) -> None:
    lan, intruder = await club.member("Lan", messenger=here), club.stranger("X", messenger=there)
    await intruder.says(f"chunghoso {await code_of(lan, '/chunghoso')}")
    await intruder.presses_action(f"prefer:{there}")
    await intruder.says("/ngungnhan")
    await deliver(workers, S.SENT)
    assert "vừa được nối vào hồ sơ" in read_in(workers, lan)
    assert read_in(workers, intruder) == ""


@WHERE
async def test_the_chat_that_was_given_up_is_told_though_it_is_nobodys_chat_any_more(
    club: ClubInATest, workers: dict[str, DeliveryHarness], here: str, there: str
) -> None:
    lan, intruder = await club.member("Lan", messenger=here), club.stranger("X", messenger=there)
    await intruder.says(await code_of(lan, "/doimay"))
    await intruder.says("/ngungnhan")
    await deliver(workers, S.SENT)
    assert "chuyển sang tài khoản khác" in read_in(workers, lan)
    (row,) = await club.rows(select(Delivery))
    assert (row.body_sealed, row.chat_sealed) == (None, None)


@WHERE
async def test_a_warning_goes_to_every_chat_also_to_one_that_could_not_be_reached(
    club: ClubInATest, workers: dict[str, DeliveryHarness], here: str, there: str
) -> None:
    lan, second = await club.member("Lan", messenger=here), club.stranger("Lan", messenger=there)
    await second.says(f"chunghoso {await code_of(lan, '/chunghoso')}")
    await deliver(workers, S.SENT)
    async with club.store.write() as tx:
        contact = await members.contact_of(tx, lan.member_id)
        assert contact
        contact.unreachable_since = club.clock.now()
    await club.stranger("X", messenger=there).says(await code_of(second, "/doimay"))
    await deliver(workers, S.SENT, S.SENT, S.SENT)
    assert "chuyển sang tài khoản khác" in read_in(workers, second)
    assert "vừa được đổi sang" in read_in(workers, lan)


@WHERE
async def test_a_warning_that_a_chat_refuses_goes_to_no_other_chat(
    club: ClubInATest, workers: dict[str, DeliveryHarness], here: str, there: str
) -> None:
    lan, intruder = await club.member("Lan", messenger=here), club.stranger("X", messenger=there)
    await intruder.says(f"chunghoso {await code_of(lan, '/chunghoso')}")
    workers[here].messenger.fails(lan.address.chat, RecipientGone("blocked"))
    await deliver(workers, S.GONE)
    assert read_in(workers, intruder) == ""
    chats = await club.rows(select(Contact))
    assert [one.unreachable_since for one in chats] == [None, None]


@WHERE
async def test_an_officer_is_asked_in_the_chat_whose_code_it_was(
    club: ClubInATest, workers: dict[str, DeliveryHarness], here: str, there: str
) -> None:
    minh = await club.member("Minh", role=Role.OFFICER, messenger=here)
    await club.stranger("X", messenger=there).says(f"chunghoso {await code_of(minh, '/chunghoso')}")
    await deliver(workers, S.SENT)
    assert "Có đúng là" in read_in(workers, minh)


@WHERE
async def test_who_leaves_takes_along_what_was_for_their_chats(
    club: ClubInATest, workers: dict[str, DeliveryHarness], here: str, there: str
) -> None:
    lan, second = await club.member("Lan", messenger=here), club.stranger("Lan", messenger=there)
    await second.says(f"chunghoso {await code_of(lan, '/chunghoso')}")
    await lan.says("/roiclb")
    await lan.presses_action("leave")
    (row,) = await club.rows(select(Delivery))
    assert (row.state, row.body_sealed, row.chat_sealed) == (S.CANCELLED, None, None)
