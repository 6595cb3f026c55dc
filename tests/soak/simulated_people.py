"""Users who act at random and count their updates."""

import asyncio
import random
from dataclasses import replace

from bot.demo import actions, data
from bot.demo.actors import ExpectationFailed, SandboxUser
from storage.database.ids import RandomIds
from storage.members.code_attempts import WRONG_CODES
from storage.members.invites import CODE_LENGTH

SAYINGS = (
    "/trogiup",
    "/thongbao",
    "/thongbao 1",
    "/tindabao",
    "/caidat",
    "/baotin",
    "/riengtu",
    "/hoi Tôi đi làm xa thì bầu ở đâu?",
    "/choxuly",
    "/huy",
    "trợ giúp",
    "chào bạn",
    "19h30",
    "https://tin-la.example/bai/1",
)
TRIES = WRONG_CODES - 1
"""Wrong codes of one user: a lost or repeated update shows."""
_PAUSE_S = 4.0
_NEWEST = 3
_LEFT_ALONE = ("Rời", "Ngừng", "Xoá")
"""Who leaves has no more to do with the club; that is tried elsewhere."""


class RandomUser:
    """A user who acts at random, reproducibly by `seed`."""

    def __init__(self, phone: SandboxUser, seed: int) -> None:
        self.phone = phone
        self.updates = 0
        self._chance = random.Random(seed)

    async def act_forever(self) -> None:
        """Performs one random action after the other, without end."""
        while True:
            await asyncio.sleep(self._chance.uniform(0, 2 * _PAUSE_S))
            way = self._chance.choice([self._press, self._press, self._say, self._forward])
            try:
                await way()
            except ExpectationFailed:
                continue  # The button went away while the finger was on its way.
            self.updates += 1

    async def _press(self) -> None:
        theirs = [m for m in await self.phone.messages() if m["from"]["is_bot"]]
        choices = [
            (m["message_id"], button["text"])
            for m in theirs[-_NEWEST:]
            for row in m.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if "callback_data" in button and not button["text"].startswith(_LEFT_ALONE)
        ]
        if not choices:
            return await self._say()
        message_id, label = self._chance.choice(choices)
        return await self._post("press", message_id=message_id, label=label)

    async def _say(self) -> None:
        await self._post("send", text=self._chance.choice(SAYINGS))

    async def _forward(self) -> None:
        number = self._chance.randrange(40)
        text = f"Nghe nói phòng bỏ phiếu số {number} đóng cửa sớm, bà con chia sẻ gấp!"
        await self._post("send", forward={"sender_name": "Ai đó", "text": text})

    async def _post(self, what: str, **body: object) -> None:
        await self.phone.sandbox.post(f"chats/{self.phone.id}/{what}", **body)


class CodeGuesser(RandomUser):
    """A user who tries wrong codes; the bot counts each."""

    async def act_forever(self) -> None:
        for _ in range(TRIES):
            await asyncio.sleep(self._chance.uniform(1, _PAUSE_S))
            # Whoever ends this in the middle of a try could not know whether it counts.
            await asyncio.shield(self._try())

    async def _try(self) -> None:
        await self._post("send", text=RandomIds().code(CODE_LENGTH))
        self.updates += 1


async def announce_forever(author: SandboxUser, approver: SandboxUser) -> None:
    """One announcement after the other, each under its own title; what fails is begun anew."""
    number = 0
    while True:
        number += 1
        written = replace(data.SCAM_WARNING, title=f"Cảnh báo số {number}")
        try:
            await actions.begin_stepwise(author)
            await actions.compose(author, written)
            await actions.submit_and_approve(author, approver, written)
        except ExpectationFailed:
            # An answer was lost on the way: the next message shows how things stand.
            continue
