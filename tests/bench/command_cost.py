"""What each command costs in a club of a certain size: the whole transaction, without a messenger."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from statistics import median

from sqlmodel import func, select

from handlers.conversation.context import Refused
from handlers.conversation.refusal import in_transaction
from handlers.messages import Address, Answer, ButtonPress, Incoming, UpdateKind
from handlers.registry import CAPABILITIES, conversation
from handlers.worker_tasks import Offload, offloading
from storage.database.engine import Store, Tx
from storage.models import Role, Share, ShareState
from tests.bench import durable_queue, large_club
from tests.bench.benchmark_members import chat_of
from tests.bench.synthetic_posts import PostGenerator
from tests.support.club import SETTINGS as CLUB
from tests.support.inline_workers import InlineWorkers

ASKED = 15
"""How often each thing is asked for, by as many members; the median counts."""
_FIRST = 101
"""Members who have not answered the announcement ask: theirs end with a 5."""
_ALSO = {
    "/thongke 1": Role.OFFICER,
    "/tiendo 1": Role.OFFICER,
    "/hoivien Lan": Role.OFFICER,
}
_PRESSES = {
    "[Chia sẻ]": "share:1",
    "[Tôi đã chia sẻ]": "shared:1",
    "[Không phù hợp]": "notforme:1",
    "[Đọc thông báo]": "read:1",
}
KNOWN, UNKNOWN = "chuyển tiếp bài đã có", "chuyển tiếp bài mới"


@dataclass(frozen=True)
class Request:
    """One thing somebody does."""

    name: str
    text: str = ""
    action: str = ""
    forwarded: bool = False
    by_owner: bool = False


class CommandCosts:
    """Asks for everything there is, one thing after the other."""

    def __init__(self, store: Store, said: list[str]) -> None:
        self._store, self._said = store, said
        self._talk = conversation(CLUB)
        self._updates = count(1)
        self._tongue = PostGenerator()

    async def measure(self) -> dict[str, float]:
        """Milliseconds of each, at the median."""
        return {asked.name: await self._median_ms(asked) for asked in self._everything()}

    def _everything(self) -> Iterator[Request]:
        yield from (Request(name, action=action) for name, action in _PRESSES.items())
        yield Request(KNOWN, forwarded=True)
        yield Request(UNKNOWN, forwarded=True)
        commands = [one for capability in CAPABILITIES for one in capability.commands]
        # What stops everything comes last: nobody has an answer afterwards.
        commands.sort(key=lambda one: one.always)
        for text, role in (_ALSO | {f"/{one.vi}": one.role for one in commands}).items():
            yield Request(text, text=text, by_owner=role in (Role.OFFICER, Role.OWNER))

    async def _median_ms(self, asked: Request) -> float:
        took_ms = []
        for turn in range(ASKED + 1):
            # A thousand members are the fewest there are.
            chat = large_club.OWNER if asked.by_owner else chat_of(_FIRST + 4 + 10 * turn)
            said = Request(asked.name, self._words(asked, turn), asked.action, asked.forwarded)
            took_ms.append(await self._took_ms(chat, said))
            await self._took_ms(chat, Request("", text="/huy"))
        return median(took_ms[1:])

    def _words(self, asked: Request, turn: int) -> str:
        if not asked.forwarded:
            return asked.text
        return (
            self._said[1 + turn] if asked.name == KNOWN else self._tongue.noisy(self._tongue.post())
        )

    async def _took_ms(self, chat: str, asked: Request) -> float:
        number = str(next(self._updates))
        incoming = Incoming(
            update_key=number,
            sender=Address("telegram", chat),
            kind=UpdateKind.PRESS if asked.action else UpdateKind.MESSAGE,
            at=self._store.clock.now(),
            name="Lan",
            text=asked.text,
            html=asked.text,
            message_id=number,
            forwarded=asked.forwarded,
            press=ButtonPress(number, asked.action, number) if asked.action else None,
        )

        async def attempt(offload: Offload) -> Answer:
            async def handle(tx: Tx, refused: Refused | None) -> Answer:
                return await self._talk.answer(tx, incoming, offload, refused)

            return await in_transaction(self._store, handle)

        began = time.perf_counter()
        await offloading(InlineWorkers(), self._store, attempt)
        return (time.perf_counter() - began) * 1000


async def measure_commands(database: str, members: int, cases: int) -> dict[str, float]:
    """What everything costs in a club of this size."""
    async with durable_queue.benchmark_store(database) as store:
        said = await large_club.create_club(store, members, cases)
        costs = await CommandCosts(store, said).measure()
        async with store.read() as tx:
            passed_by = select(func.count()).where(Share.state == ShareState.NOT_FOR_ME)
            assert (await tx.session.exec(passed_by)).one() == ASKED + 1, "what was asked was done"
        return costs


def figure(database: str, members: int, asked: str) -> str:
    """Under what name the milliseconds are kept."""
    return f"scale: {database}, {members} members, {asked}, ms"
