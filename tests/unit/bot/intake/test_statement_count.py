"""How many SQL statements an update costs, from its receipt to the commit of its effect."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest

from bot.demo.actors import until
from bot.intake import inbox_reader
from handlers.messages import Address, ButtonPress, Message, UpdateKind
from handlers.registry import conversation
from storage.database.engine import Store
from tests.support import SETTINGS, ClubInATest, ManualClock, Phone, publish
from tests.support.recording_messenger import RecordingMessenger
from tests.support.statement_log import logged_statements
from tests.support.waiting import TIMEOUT_S
from tests.unit.bot.intake.test_processor import Hall

POST = "Nóng: ngày mai toàn tỉnh cắt điện ba ngày, mọi người mua nến và nước uống kẻo hết hàng"
LEASES = 1
"""The one statement more on PostgreSQL, by which a process takes the lease of the chat."""


@dataclass
class CountingMessenger(RecordingMessenger):
    """Notes how many statements had been executed when the first answer was sent."""

    statements: list[str] = field(default_factory=list)
    before_answer: list[str] = field(default_factory=list)

    async def send(self, to: Address, message: Message) -> list[str]:
        """Answers are sent after the commit of the effect."""
        self.before_answer = self.before_answer or list(self.statements)
        return await super().send(to, message)


@pytest.fixture
async def known_post(club: ClubInATest, hoa: Phone) -> None:
    """A post that another member has flagged."""
    await hoa.says(POST, forwarded=True)
    await hoa.presses("Gửi kiểm tra")


@pytest.mark.parametrize(
    ("update", "most"),
    [
        pytest.param({"text": "/trogiup", "html": "/trogiup"}, 4, id="help"),
        pytest.param({"text": "/thongbao", "html": "/thongbao"}, 5, id="announcements"),
        pytest.param(
            {"happening": UpdateKind.PRESS, "press": ButtonPress("1", "shared:1", "5")},
            9,
            id="shared",
        ),
        pytest.param({"text": POST, "html": POST, "forwarded": True}, 12, id="known post"),
    ],
)
@pytest.mark.usefixtures("known_post")
async def test_an_update_costs_so_many_statements_and_no_more(
    club: ClubInATest,
    store: Store,
    clock: ManualClock,
    lan: Phone,
    update: dict[str, Any],
    most: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # On a busy machine the lease of the chat would be renewed in between.
    monkeypatch.setattr(inbox_reader, "RENEW_EVERY_S", TIMEOUT_S)
    await publish(club)
    messenger = CountingMessenger()
    hall = Hall(store, clock, messenger=messenger, club=conversation(SETTINGS))
    with logged_statements(store) as messenger.statements:
        async with hall.open() as intake:
            await until(partial(_has_looked, messenger.statements), "the first look into the inbox")
            messenger.statements.clear()
            await intake.receive([lan.incoming(**update)])
            # `hall` reads the inbox itself when the block ends.
            await until(partial(_has_answered, messenger), "the answer")
    counted = messenger.before_answer
    on_postgresql = store.engine.dialect.name == "postgresql"
    assert len(counted) <= most + LEASES * on_postgresql, "\n".join(counted)


async def _has_looked(statements: list[str]) -> bool:
    return any(one.startswith("SELECT inboxupdate") for one in statements)


async def _has_answered(messenger: RecordingMessenger) -> bool:
    return bool(messenger.done)
