"""A club that takes any update: each is handled and rolled back, and its answer checked."""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from html import escape
from typing import TypeVar

from handlers.conversation.context import Refused
from handlers.messages import Answer, Button, ButtonPress, Incoming, Message, Reply, UpdateKind
from handlers.registry import CAPABILITIES
from handlers.worker_tasks import Offload, offloading
from storage.conversation import state
from storage.database import sealing
from storage.database.engine import Tx
from storage.members import members
from storage.models import MemberState
from tests.support import case_actions
from tests.support.announcements.officer_actions import submit_draft
from tests.support.announcements.records import VOTING_DAY, publish_to
from tests.support.club import ClubInATest, Phone
from tests.support.hostile_updates import violations

T = TypeVar("T")

COMMANDS = sorted({c.vi for routes in CAPABILITIES for c in routes.commands})
ACTIONS = sorted({name for routes in CAPABILITIES for name in routes.actions})
PEOPLE = ("stranger", "member", "suspended", "officer", "owner")


class RolledBack(Exception):
    """Rolls a transaction back, so that the next update finds the same club."""


class Sample:
    """A reproducible sample of at most `most` things."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.chance = random.Random(most)

    def of(self, things: Sequence[T]) -> list[T]:
        """A random sample of these things."""
        return self.chance.sample(things, min(self.most, len(things)))


class ProbedClub:
    """A club, one person of every role, and the rules that answers violated so far."""

    def __init__(self, club: ClubInATest, phones: dict[str, Phone]) -> None:
        self.club = club
        self.phones = phones
        self.violations: list[str] = []

    @asynccontextmanager
    async def rolled_back(self) -> AsyncIterator[Tx]:
        """A transaction that is rolled back."""
        try:
            async with self.club.store.write() as tx:
                yield tx
                raise RolledBack
        except RolledBack:
            pass

    async def probe(self, tx: Tx, incoming: Incoming) -> None:
        """Handles one update in a savepoint, rolls back, and records what its answer violates."""
        try:
            async with tx.session.begin_nested():
                await self.answer(tx, incoming)
                raise RolledBack
        except RolledBack:
            pass

    async def answer(self, tx: Tx, incoming: Incoming) -> list[Message]:
        """Handles one update, whose effect stays; returns the messages of its answer."""
        answer: Answer = []
        try:
            answer = await self._answered(tx, incoming)
            await tx.session.flush()
        except Exception as error:  # noqa: BLE001 - whatever gets out is what is looked for
            self.violations.append(f"{_what(incoming)}: {error!r}"[:400])
        else:
            found = [] if await self._joined(tx, incoming, answer) else violations(incoming, answer)
            self.violations += [f"{_what(incoming)}: {complaint}" for complaint in found]
        return [p.message for p in answer if isinstance(p, Reply) and p.message]

    async def _answered(self, tx: Tx, incoming: Incoming) -> Answer:
        """The answer; a refusal is rolled back to the savepoint, and answered after it."""
        conversation = self.club.conversation

        async def attempt(offload: Offload) -> Answer:
            try:
                async with tx.session.begin_nested():
                    return await conversation.answer(tx, incoming, offload)
            except Refused as refused:
                return await conversation.answer(tx, incoming, offload, refused)

        return await offloading(self.club.workers, self.club.store, attempt)

    async def _joined(self, tx: Tx, incoming: Incoming, answer: Answer) -> bool:
        """Whether the message was added to posts about which a question is open."""
        sender = incoming.sender
        step = await state.find(tx, sealing.chat_lookup(tx, sender.messenger, sender.chat))
        return not answer and step is not None and len(step.data.get("more", ())) > 1

    def says(self, who: str, text: str, **more: object) -> Incoming:
        """The update of a typed text."""
        return self._from(
            who, UpdateKind.MESSAGE, text=text, html=escape(text, quote=False), **more
        )

    def presses(self, who: str, action: str) -> Incoming:
        """The update of a pressed button."""
        return self._from(who, UpdateKind.PRESS, press=ButtonPress("1", action, "0"))

    def _from(self, who: str, happening: UpdateKind, **fields: object) -> Incoming:
        phone = self.phones[who]
        return Incoming(
            update_key="1",
            sender=phone.address,
            kind=happening,
            at=self.club.clock.now(),
            name=phone.name,
            language=phone.language,
            message_id="7",
            **fields,  # type: ignore[arg-type]
        )

    async def step_of(self, tx: Tx, who: str) -> str:
        """The step of a person with its short values, which name the question."""
        address = self.phones[who].address
        found = await state.find(tx, sealing.chat_lookup(tx, address.messenger, address.chat))
        if found is None:
            return ""
        which = [
            v
            for v in found.data.values()
            if isinstance(v, str) and v.isidentifier() and v.islower()
        ]
        return " ".join([found.name, *which])


async def open_probed_club(club: ClubInATest) -> ProbedClub:
    """A club with an announcement, a draft, an open and a decided case, and all roles."""
    phones = {
        "stranger": club.stranger("<b>Ai</b>"),
        "member": await club.member("\u202eLan & <i>"),
        "suspended": await club.member("Tú"),
        "officer": await club.officer("👩‍👩‍👧‍👦 Minh"),
        "owner": await club.officer("Hạnh", owner=True),
    }
    await publish_to(club, [phones["member"], phones["officer"]], VOTING_DAY)
    await submit_draft(phones["owner"])
    await case_actions.flag(phones["member"])
    await case_actions.decided(phones["officer"], club)
    await case_actions.flag(
        phones["member"], "Phòng bỏ phiếu đóng cửa lúc 17 giờ, ai về muộn là thôi"
    )
    await phones["member"].says("/hoi Tôi mất thẻ cử tri thì làm thế nào?")
    async with club.store.write() as tx:
        (await members.get(tx, phones["suspended"].member_id)).state = MemberState.SUSPENDED
    return ProbedClub(club, phones)


def buttons_of(messages: Sequence[Message]) -> list[Button]:
    """Every button under these messages whose press reaches the bot."""
    return [b for message in messages for row in message.rows for b in row if b.action]


def with_name(incoming: Incoming, name: str) -> Incoming:
    """The same update from a person with another name in their app."""
    return replace(incoming, name=name)


def _what(incoming: Incoming) -> str:
    what = incoming.press.action if incoming.press else incoming.text
    return repr(what if len(what) < 60 else f"{what[:50]}… of {len(what)}")
