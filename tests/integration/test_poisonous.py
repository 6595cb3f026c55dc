"""One update that cannot be read holds up no other, by polling and by webhook."""

from typing import Any

import pytest

from tests.integration.conftest import MakeHome, running
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, bot_texts, until

LAN_AT = {"message_id": 1, "date": 1_773_200_000}
CUT = [{"type": "bold", "offset": 1, "length": 1}, {"type": "url", "offset": 1, "length": 3}]
POISONS: list[dict[str, Any]] = [
    {"message": {**LAN_AT, "date": 10**20, "text": "a"}},
    {"message": {**LAN_AT, "from": [], "chat": 7, "text": "a"}},
    {"message": "không phải tin"},
    {"message": {**LAN_AT, "text": {"a": ["b"] * 9}}},
    {"callback_query": {"id": 7, "data": []}},
    {"my_chat_member": {"chat": {"id": 10**30, "type": "private"}}},
    {"update_id": "không phải số", "message": LAN_AT},
    {"hologram": {}},
]


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_ninety_nine_are_answered_beside_a_poisonous_one_and_polling_goes_on(
    sandbox: SandboxTestClient, make_home: MakeHome, webhook: bool, lan: SandboxUser
) -> None:
    home = make_home(webhook=webhook)
    for n in range(99):
        if n % 12 == 6:
            await sandbox.post("updates", **POISONS[n // 12])
        await sandbox.post(f"chats/{lan.id}/send", text="/trogiup")
    await sandbox.post("updates", **POISONS[-1])
    async with running(home.settings):

        async def all_are_answered() -> bool:
            return len(await bot_texts(lan)) == 99

        await until(all_are_answered, "ninety-nine answers")
        # Confirmed, the poisonous ones too: nothing is asked for again.
        await lan.says("/trogiup", then=home.settings.club.name)


async def test_a_format_that_cuts_an_emoji_costs_the_format_and_not_the_message(
    sandbox: SandboxTestClient, make_home: MakeHome
) -> None:
    lan, bao = await sandbox.add_user("Lan"), await sandbox.add_user("Bảo")
    home = make_home()
    async with running(home.settings):
        await lan.starts()
        await lan.reads("")
        place = {"chat": {"id": lan.id, "type": "private"}, "date": 1_773_200_000}
        who = {"from": {"id": lan.id, "is_bot": False, "first_name": "Lan"}, "message_id": 1}
        await sandbox.post("updates", message={**place, **who, "text": "🌱 chào", "entities": CUT})
        await bao.says("/trogiup", then=home.settings.club.name)

        async def is_answered() -> bool:
            return len(await bot_texts(lan)) == 2

        await until(is_answered, "an answer to the cut format")


async def test_a_rich_message_travels_from_one_phone_to_the_bot_as_a_post(
    sandbox: SandboxTestClient, make_home: MakeHome, lan: SandboxUser
) -> None:
    words = {"blocks": [{"type": "paragraph", "text": ["tin ", {"type": "bold", "text": "nóng"}]}]}
    home = make_home()
    async with running(home.settings):
        for kind in ("rich_message", "giveaway", "invoice", "poll"):
            before = await lan.messages()
            forward = {"sender_name": "Kẻ Lạ", kind: words}
            await sandbox.post(f"chats/{lan.id}/send", forward=forward)
            await lan.reads_new(before, "")
