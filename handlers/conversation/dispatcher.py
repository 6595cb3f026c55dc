"""Answers every update: loads who sent it, has its handler run, words what concerns no handler.

See docs/decisions/0014-handlers-know-no-messenger.md, docs/decisions/0015-the-step-is-a-row.md.

Every capability has its own `handlers.conversation.routes.Routes`; `RouteTable` merges them.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers.conversation import missed_messages
from handlers.conversation.context import Context, Refused, UserError
from handlers.conversation.i18n import Html, nearest, speech_to
from handlers.conversation.route_runner import RouteRunner
from handlers.conversation.route_table import RouteTable, addressee_of, is_allowed, split_command
from handlers.conversation.routes import Routes
from handlers.conversation.settings import ClubSettings
from handlers.conversation.typed_choices import TypedChoices
from handlers.messages import (
    Address,
    Answer,
    Incoming,
    MenuEntry,
    Reply,
    Suggestions,
    UpdateKind,
)
from handlers.worker_tasks import Offload, at_once
from storage.conversation import senders, state
from storage.conversation.state import ChatStep
from storage.database import Tx, sealing
from storage.maintenance import key_rotation
from storage.members import interactions, members
from storage.models import Contact, Member, MemberState, Role


class Conversation:
    """Answers every update; knows no messenger and has no memory between two updates."""

    def __init__(
        self,
        club: ClubSettings,
        capabilities: Iterable[Routes],
        *,
        officers_menu: Sequence[str] = (),
    ) -> None:
        self.club = club
        self._table = RouteTable(capabilities, officers_menu)
        self._runner = RouteRunner(self._table)
        self._typed_choices = TypedChoices(self._table, self._runner.handle_in_savepoint)

    def menu(self, role: Role | None, language: str) -> list[MenuEntry]:
        """The command menu of a person of this role, the commands of the highest role first."""
        say = speech_to(self.club, language)
        return [
            MenuEntry(c.name(language), say.plain(f"menu-{c.en}")) for c in self._table.menu(role)
        ]

    async def answer(
        self, tx: Tx, incoming: Incoming, offload: Offload, refused: Refused | None = None
    ) -> Answer:
        """Handles the update in the caller's transaction and returns what to send.

        `refused` is what this raised before, in a transaction that was rolled back: the answer says
        so, and nothing else is done (`handlers.conversation.refusal`).

        Raises:
            OffloadRequired: something has to be computed first (`handlers.worker_tasks`).
            Refused: the transaction has to be rolled back, and the refusal answered in another.
        """
        if not incoming.private:
            return self._point_to_private_chat(incoming)
        incoming = _composed(incoming)
        if incoming.kind is UpdateKind.INLINE_SEARCH:
            return await self._handle_inline_search(tx, incoming, offload)
        context = await self._load_context(tx, incoming, offload)
        answer = (
            await self._typed_choices.answer(context)
            if incoming.typed_choices
            else await self._runner.handle(context, refused)
        )
        return [*answer, *await missed_messages.after_update(tx, self.club, incoming)]

    def always_obeys(self, incoming: Incoming) -> bool:
        """Whether flood control lets this update through: stopping, leaving, erasing."""
        return self._table.is_always_handled(incoming)

    async def ask_to_wait(self, tx: Tx, incoming: Incoming) -> Answer:
        """The notice to a sender whom flood control limits; empty in a group."""
        if not incoming.private or incoming.kind is UpdateKind.INLINE_SEARCH:
            return []
        return [
            (await self._load_context(tx, incoming, at_once)).error_reply(UserError("too-fast"))
        ]

    def apology(self, incoming: Incoming, reference: str, *, again: bool = True) -> Answer:
        """The answer to an update whose handler failed; `reference` is in the log.

        `again` says whether trying the same once more can help.
        """
        if incoming.kind is UpdateKind.INLINE_SEARCH:
            return [Suggestions(())]
        say = speech_to(self.club, nearest(incoming.language))
        return [
            Reply(Context.wording(say("trouble" if again else "set-aside", reference=reference)))
        ]

    def drawing_failed(self, incoming: Incoming, text: str) -> Html:
        """The text of an answer whose picture or file could not be made, with a note about it."""
        say = speech_to(self.club, nearest(incoming.language))
        return Html("\n\n".join(filter(None, (text, say("undrawn")))))

    async def reads_channel_post(self, tx: Tx, incoming: Incoming) -> bool:
        """Whether the sender is at a step that reads the address of a forwarded channel post.

        Nothing sealed is opened: where that fails, the update must be stored all the same.
        """
        sender = incoming.sender
        step = self._table.steps.get(
            await state.name_of(tx, sealing.chat_lookup(tx, sender.messenger, sender.chat))
        )
        found = await _find_member(tx, sender) if step and step.reads_channel_post else None
        return step is not None and found is not None and is_allowed(_role(found[0]), step.role)

    async def knows(self, tx: Tx, incoming: Incoming) -> bool:
        """Whether the sender belongs to the club."""
        return await _find_member(tx, incoming.sender) is not None

    async def lacks_name(self, tx: Tx, incoming: Incoming) -> bool:
        """Whether the sender has no name yet: not in this update, and not as a member."""
        if incoming.name or incoming.kind not in (UpdateKind.MESSAGE, UpdateKind.PRESS):
            return False
        found = await _find_member(tx, incoming.sender)
        return found is None or not members.name_of(tx, found[0])

    async def _handle_inline_search(self, tx: Tx, incoming: Incoming, offload: Offload) -> Answer:
        """Writes nothing to the chat with the bot, and stores nothing about the search."""
        sender = incoming.sender
        found = await members.find_by_chat(tx, sender.messenger, sender.chat)
        context = self._build_context(tx, incoming, offload, *(found or (None, None)))
        suggestions = [
            suggestion for finder in self._table.finders for suggestion in await finder(context)
        ]
        return [Suggestions(tuple(suggestions))]

    async def _load_context(self, tx: Tx, incoming: Incoming, offload: Offload) -> Context:
        await key_rotation.upgrade_seals(tx, incoming.sender.messenger, incoming.sender.chat)
        sender = await senders.find(tx, incoming.sender.messenger, incoming.sender.chat)
        if sender is None:
            return self._build_context(tx, incoming, offload, None, None)
        is_known = sender.member.state is not MemberState.LEFT
        if is_known:
            _update_contact(tx, incoming, sender.member, sender.contact)
        person = (sender.member, sender.contact) if is_known else (None, None)
        context = self._build_context(tx, incoming, offload, *person)
        context.chat_step.note_read(sender.step)
        return context

    def _build_context(
        self,
        tx: Tx,
        incoming: Incoming,
        offload: Offload,
        member: Member | None,
        contact: Contact | None,
    ) -> Context:
        language = member.language if member else nearest(incoming.language)
        lookup = sealing.chat_lookup(tx, incoming.sender.messenger, incoming.sender.chat)
        return Context(
            tx=tx,
            club=self.club,
            incoming=incoming,
            member=member,
            contact=contact,
            say=speech_to(self.club, language, member.role if member else None),
            lookup=lookup,
            chat_step=ChatStep(tx, lookup),
            menu=self.menu,
            offload=offload,
        )

    def _point_to_private_chat(self, incoming: Incoming) -> Answer:
        name, _ = split_command(incoming.text)
        addressee = addressee_of(incoming.text)
        is_for_us = not addressee or self.club.bot_link.lower().endswith(f"/{addressee}")
        if name not in self._table.commands or not is_for_us:
            return []
        say = speech_to(self.club, nearest(incoming.language))
        return [Reply(Context.wording(say("only-in-private", link=self.club.bot_link)))]


def _composed(incoming: Incoming) -> Incoming:
    """The update with its words in Unicode's composed form (NFC), which every parser expects.

    Some keyboards write `ế` as `e` and two combining marks.
    """
    text, html = (unicodedata.normalize("NFC", words) for words in (incoming.text, incoming.html))
    return replace(incoming, text=text, html=html)


def _update_contact(tx: Tx, incoming: Incoming, member: Member, contact: Contact) -> None:
    """Stores the name that the messenger reports, and whether the bot can reach the chat."""
    if not _came_late(tx, incoming, contact):
        is_blocked = incoming.kind is UpdateKind.BLOCKED
        contact.unreachable_since = tx.clock.now() if is_blocked else None
    if incoming.name and contact.preferred:
        members.rename(tx, member, incoming.name)


def _came_late(tx: Tx, incoming: Incoming, contact: Contact) -> bool:
    """Whether the person blocked the bot before something that they did after it, and came back.

    A messenger that repeats what it could not bring brings it behind newer updates.
    """
    if incoming.kind is not UpdateKind.BLOCKED:
        return False
    last = interactions.last_of(tx, contact)
    return last is not None and last > incoming.at


def _role(member: Member) -> Role | None:
    return member.role if member.state is MemberState.ACTIVE else None


async def _find_member(tx: Tx, sender: Address) -> tuple[Member, Contact] | None:
    """The member and their contact; None for a stranger and for somebody who has left."""
    found = await members.find_by_chat(tx, sender.messenger, sender.chat)
    return None if found is None or found[0].state is MemberState.LEFT else found
