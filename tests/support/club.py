"""A club without a messenger: tests pass updates to the conversation itself, on a real database."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import count
from typing import Concatenate
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.intake import albums
from bot.intake.progress_notice import in_place_of
from bot.workers.seen_files import SeenFile, seen, with_files
from handlers.conversation.context import Refused
from handlers.conversation.numbered_choices import offer
from handlers.conversation.refusal import in_transaction
from handlers.conversation.settings import Area, ClubSettings
from handlers.messages import (
    Address,
    Answer,
    Button,
    ButtonPress,
    Incoming,
    InlineSearch,
    Media,
    MenuChange,
    Message,
    Reply,
    Suggestion,
    Suggestions,
    UpdateKind,
)
from handlers.notifications import unpack_text
from handlers.registry import conversation
from handlers.worker_tasks import Offload, Workers, offloading
from storage.database import sealing
from storage.database.engine import Store, Tx
from storage.members import members
from storage.models import Delivery, DeliveryState, Member, Purpose, Role
from storage.outbox import enqueue
from tests.support import transactions
from tests.support.delivery_writes import writes_of
from tests.support.inline_workers import InlineWorkers
from tests.support.member_rows import add_member
from tests.support.transactions import P, T

MOST_BUTTONS = {"zalo": 0, "zalo_oa": 5}
"""The most buttons of one message, on messengers where choices are typed."""
SETTINGS = ClubSettings(
    name="Câu lạc bộ Niềm Tin",
    operator="Sở Văn hóa tỉnh Hòa An",
    contact="clb@hoaan.example",
    issuers=("Ủy ban bầu cử tỉnh Hòa An", "Công an tỉnh Hòa An"),
    areas=(Area("thi-xa", "Thị xã Hòa An"), Area("song-ngoc", "Huyện Sông Ngọc")),
    timezone=ZoneInfo("Asia/Ho_Chi_Minh"),
    verdict_approval=False,
    bot_link="https://t.me/niemtin_bot",
)


class ManualClock:
    """A wall clock that moves only by `advance`."""

    def __init__(self, start: datetime = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        """The current time of this clock."""
        return self._now

    def advance(self, **span: float) -> None:
        """Moves on by a span, with the keywords of `timedelta`."""
        self._now += timedelta(**span)


class ClubInATest:
    """The conversation of one club on a real database, and its people's phones."""

    def __init__(self, store: Store, clock: ManualClock, settings: ClubSettings = SETTINGS) -> None:
        self.store = store
        self.clock = clock
        self.settings = settings
        self.conversation = conversation(settings)
        self.workers: Workers = InlineWorkers()
        self.is_delivering = True
        """Whether deliveries to a given chat leave the outbox at once; all others stay there."""
        self.notices: list[str] = []
        """What people were told while a task was computed."""
        self._numbers = count(1)
        self._phones: dict[Address, Phone] = {}
        self._writes = writes_of(store.engine)
        self._writes_seen = -1

    def stranger(self, name: str, *, language: str = "vi", messenger: str = "telegram") -> "Phone":
        """The phone of somebody the club does not know."""
        number = next(self._numbers)
        phone = Phone(self, Address(messenger, str(1000 + number)), name, language)
        self._phones[phone.address] = phone
        return phone

    @property
    def phones(self) -> "list[Phone]":
        """The phones of everybody, in the order in which they came."""
        return list(self._phones.values())

    def phone_at(self, address: Address) -> "Phone":
        """The phone with this chat."""
        return self._phones[address]

    async def member(
        self,
        name: str,
        *,
        role: Role = Role.MEMBER,
        language: str = "vi",
        area: str | None = None,
        purposes: tuple[Purpose, ...] = tuple(Purpose),
        messenger: str = "telegram",
    ) -> "Phone":
        """The phone of a member who agreed to these purposes."""
        phone = self.stranger(name, language=language, messenger=messenger)
        theirs = [one for one in purposes if one is not Purpose.DUTIES or role.is_officer]
        phone.member_id = await self.in_write(
            add_member,
            messenger=messenger,
            chat=phone.address.chat,
            name=name,
            role=role,
            language=language,
            area=area,
            purposes=theirs,
        )
        return phone

    async def officer(self, name: str, *, owner: bool = False) -> "Phone":
        """The phone of an officer who agreed to everything."""
        return await self.member(name, role=Role.OWNER if owner else Role.OFFICER)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """A read transaction on the club's database."""
        async with self.store.read() as tx:
            yield tx

    async def in_read(
        self, ask: Callable[Concatenate[Tx, P], Awaitable[T]], *args: P.args, **more: P.kwargs
    ) -> T:
        """What `ask(tx, …)` returns in a read transaction."""
        return await transactions.in_read(self.store, ask, *args, **more)

    async def in_write(
        self, work: Callable[Concatenate[Tx, P], Awaitable[T]], *args: P.args, **more: P.kwargs
    ) -> T:
        """What `work(tx, …)` returns in a write transaction, after its commit."""
        return await transactions.in_write(self.store, work, *args, **more)

    async def rows(self, query: SelectOfScalar[T]) -> list[T]:
        """All rows of a query."""
        return await transactions.rows_of(self.store, query)

    async def handle(self, incoming: Incoming) -> Answer:
        """One update, answered in one transaction, when what it needs has been computed.

        The bytes of a picture, or of the thumbnail of a video, are in its `Media.content`, where a
        messenger would be asked for them.
        """
        if incoming.files:
            incoming = with_files(incoming, [await self._seen(file) for file in incoming.files])

        async def attempt(offload: Offload) -> Answer:
            async def handle(tx: Tx, refused: Refused | None) -> Answer:
                return await self.conversation.answer(tx, incoming, offload, refused)

            return await in_transaction(self.store, handle)

        notices: list[Reply] = []
        answer = await offloading(
            self.workers,
            self.store,
            attempt,
            notices.append,  # type: ignore[arg-type]
        )
        return self._in_place_of_notice(incoming, notices, answer)

    def _in_place_of_notice(
        self, incoming: Incoming, notices: Sequence[Reply], answer: Answer
    ) -> Answer:
        """Shows the notice of a task that took time, as `bot.intake.progress_notice` does."""
        message = notices[0].message if notices else None
        if message is None:
            return answer
        self.notices.append(message.text)
        message_id = self._phones[incoming.sender].gets(message)
        return answer if incoming.typed_choices else in_place_of(message_id, answer)

    async def deliver_to_chats(self) -> None:
        """Delivers what is queued for given chats, as the delivery worker does."""
        if self._writes.count == self._writes_seen:
            return
        self._writes_seen = self._writes.count
        query = select(Delivery).where(
            col(Delivery.messenger).is_not(None),
            col(Delivery.body_sealed).is_not(None),
            Delivery.state == DeliveryState.QUEUED,
        )
        async with self.store.write() as tx:
            for row in await tx.all(query.order_by(col(Delivery.id))):
                assert row.messenger
                assert row.body_sealed
                assert row.chat_sealed
                address = Address(row.messenger, enqueue.given_chat(tx, row.chat_sealed, row))
                message = unpack_text(enqueue.own_body(tx, row.body_sealed, row))
                most_buttons = MOST_BUTTONS.get(address.messenger)
                if most_buttons is not None:
                    lookup = sealing.chat_lookup(tx, row.messenger, address.chat)
                    await offer(tx, lookup, message, most_buttons)
                self._phones[address].gets(message)
                row.state, row.body_sealed, row.chat_sealed = DeliveryState.SENT, None, None

    async def _seen(self, media: Media) -> SeenFile:
        bare = replace(media, content=b"")
        is_read = media.content and media.may_be_seen
        return await seen(bare, media.content, self.workers) if is_read else SeenFile(bare)

    def next_number(self) -> int:
        """The next number for an update or a message."""
        return next(self._numbers)


@dataclass
class Phone:
    """One person and the messages in their chat with the bot."""

    club: ClubInATest
    address: Address
    name: str
    language: str
    member_id: int = 0
    messages: dict[str, Message] = field(default_factory=dict)
    toasts: list[str] = field(default_factory=list)
    menus: list[MenuChange] = field(default_factory=list)
    drawings: list[Callable[[], bytes]] = field(default_factory=list)
    """Functions that draw pictures and files of answers; a test calls those it checks."""

    async def says(self, *texts: str, **more: object) -> Answer:
        """Types texts, a message each; `more` are fields of `Incoming` (`forwarded=True`).

        Returns the answer to the last one, as `presses` and `opens` do.
        """
        answer: Answer = []
        for text in texts:
            fields = {"html": escape(text, quote=False), **more}
            answer = await self._does(UpdateKind.MESSAGE, text=text, **fields)
        return answer

    async def opens(self, command: str, *labels: str) -> Answer:
        """Types a command and presses the buttons that lead on from its screen."""
        await self.says(command)
        return await self.presses(*labels)

    async def sends(self, media: Media, caption: str = "", **more: object) -> Answer:
        """Sends a picture or file."""
        return await self.says(caption, media=media, **more)

    async def sends_album(
        self, *files: Media, captions: Sequence[str] = (), album: str = "album", **more: object
    ) -> Answer:
        """Sends several files at once, with captions for the first ones; `more` as in `says`."""
        texts = [*captions, *[""] * (len(files) - len(captions))]
        parts = [
            self.incoming(text=text, html=escape(text, quote=False), media=file, album=album)
            for file, text in zip(files, texts, strict=True)
        ]
        return await self._sends(replace(albums.joined(parts), **more))  # type: ignore[arg-type]

    async def presses(self, *labels: str) -> Answer:
        """Presses for each label, in order, the newest button whose label contains it."""
        answer: Answer = []
        for label in labels:
            answer = await self._presses(label)
        return answer

    async def _presses(self, label: str) -> Answer:
        for message_id, message in reversed(self.messages.items()):
            for button in (b for row in message.rows for b in row):
                if label in button.label and button.action:
                    return await self.presses_action(button.action, message_id)
        raise AssertionError(f"no button {label!r}; there are {self.labels}")

    async def presses_action(self, action: str, message_id: str = "0") -> Answer:
        """Presses a button with this action, as with a forged or very old button."""
        press = ButtonPress(str(self.club.next_number()), action, message_id)
        return await self._does(UpdateKind.PRESS, press=press)

    async def blocks(self) -> Answer:
        """Blocks the bot."""
        return await self._does(UpdateKind.BLOCKED)

    async def withdraws(self) -> Answer:
        """Has the messenger ask the club to erase all data about this person."""
        return await self._does(UpdateKind.WITHDRAWN)

    async def becomes(self, **columns: object) -> None:
        """Changes columns of the member's row, as something done elsewhere would."""
        async with self.club.store.write() as tx:
            member = await members.get(tx, self.member_id)
            for column, value in columns.items():
                setattr(member, column, value)

    async def member(self) -> Member:
        """The member as the database has them now."""
        async with self.club.store.read() as tx:
            found = await members.find_by_chat(tx, self.address.messenger, self.address.chat)
        assert found is not None
        return found[0]

    def gets(self, message: Message) -> str:
        """Shows a message that came through the outbox."""
        message_id = str(self.club.next_number())
        self.messages[message_id] = message
        return message_id

    @property
    def last(self) -> str:
        """The text of the newest message."""
        return next(reversed(self.messages.values())).text

    @property
    def buttons(self) -> list[Button]:
        """The buttons of the newest message."""
        return [b for row in next(reversed(self.messages.values())).rows for b in row]

    @property
    def labels(self) -> list[str]:
        """Every label that can be seen, newest message first."""
        shown = reversed(self.messages.values())
        return [b.label for message in shown for row in message.rows for b in row]

    def incoming(self, happening: UpdateKind = UpdateKind.MESSAGE, **fields: object) -> Incoming:
        """An update of this person now."""
        number = self.club.next_number()
        fields.setdefault("at", self.club.clock.now())
        return Incoming(
            update_key=str(number),
            sender=self.address,
            kind=happening,
            name=self.name,
            language=self.language,
            message_id=str(number),
            typed_choices=self.address.messenger in MOST_BUTTONS,
            most_buttons=MOST_BUTTONS.get(self.address.messenger, 0),
            **fields,  # type: ignore[arg-type]
        )

    async def _does(self, happening: UpdateKind, **fields: object) -> Answer:
        return await self._sends(self.incoming(happening, **fields))

    async def _sends(self, incoming: Incoming) -> Answer:
        answer = await self.club.handle(incoming)
        for piece in answer:
            to = piece.to if isinstance(piece, MenuChange) else None
            (self.club.phone_at(to) if to else self)._take(piece)
        if self.club.is_delivering:
            await self.club.deliver_to_chats()
        return answer

    async def looks_up(self, words: str = "") -> tuple[Suggestion, ...]:
        """The suggestions after typing the bot's name in another chat."""
        lookup = InlineSearch(str(self.club.next_number()), words)
        answer = await self._does(UpdateKind.INLINE_SEARCH, inline_search=lookup)
        return next(piece.found for piece in answer if isinstance(piece, Suggestions))

    def _take(self, piece: Reply | MenuChange | Suggestions) -> None:
        if isinstance(piece, Suggestions):
            return
        if isinstance(piece, MenuChange):
            self.menus.append(piece)
            return
        if piece.toast:
            self.toasts.append(piece.toast)
        if piece.message and piece.replaces in self.messages:
            self.messages[piece.replaces] = piece.message
        elif piece.message:
            self.gets(piece.message)
        if piece.draw:
            self.drawings.append(piece.draw)
