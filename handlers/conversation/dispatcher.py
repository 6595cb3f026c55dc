"""Finds the handler of an update, checks that the person may use it, and runs it.

See docs/decisions/0014-handlers-know-no-messenger.md, docs/decisions/0015-the-step-is-a-row.md.

Every capability has its own `handlers.conversation.routes.Routes`; `RouteTable` merges them.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers.conversation import missed_messages
from handlers.conversation.context import Context, Refused, UserError, found
from handlers.conversation.i18n import Html, nearest, speech_to
from handlers.conversation.route_table import RouteTable, addressee_of, is_allowed, split_command
from handlers.conversation.routes import Command, Routes
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
from storage.conversation import state
from storage.conversation.state import ChatStep
from storage.database import Tx, sealing
from storage.maintenance import key_rotation
from storage.members import members
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
        self._typed_choices = TypedChoices(self._table, self._handle_in_savepoint)

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
            else await self._handle(context, refused)
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

    async def _handle(self, context: Context, refused: Refused | None) -> Answer:
        """Runs the handler, or answers what it refused when it ran.

        Raises:
            Refused: it refuses now.
        """
        if (answer := await self._unread(context)) is not None:
            return answer
        await self._end_brief_step(context)
        if refused is not None:
            return await self._refuse(context, refused)
        context = replace(context, counts=[])
        try:
            return await self._dispatch(context)
        except UserError as error:
            raise Refused(error, context.counts) from error

    async def _handle_in_savepoint(self, context: Context) -> Answer:
        """Runs the handler where the transaction has other effects, which a refusal must not undo."""
        if (answer := await self._unread(context)) is not None:
            return answer
        await self._end_brief_step(context)
        context = replace(context, counts=[])
        try:
            async with context.tx.session.begin_nested():
                return await self._dispatch(context)
        except UserError as error:
            return await self._refuse(context, Refused(error, context.counts))
        finally:
            # The handler of the next choice must not rely on what this one has read.
            context.chat_step.forget()

    async def _unread(self, context: Context) -> Answer | None:
        """The answer to an update that no handler reads; None for any other."""
        match context.incoming.kind:
            case UpdateKind.BLOCKED | UpdateKind.UNBLOCKED:
                return []
            case UpdateKind.EDITED:
                return [context.reply(context.say("edit-not-read"))]
            case UpdateKind.WITHDRAWN:
                return [one for erase in self._table.withdrawals for one in await erase(context)]
            case _:
                return None

    async def _refuse(self, context: Context, refused: Refused) -> Answer:
        for count in refused.counts:
            await count(context.tx)
        return [context.error_reply(refused.error)]

    async def _end_brief_step(self, context: Context) -> None:
        """Ends the step before its button or command is handled, so that it stays ended if refused."""
        incoming = context.incoming
        if not incoming.press and (incoming.forwarded or not incoming.text.startswith("/")):
            return
        if self._table.is_brief(await context.chat_step.name()):
            await context.clear_state()

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
        return self._build_context(tx, incoming, offload, *await self._load_member(tx, incoming))

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

    async def _load_member(
        self, tx: Tx, incoming: Incoming
    ) -> tuple[Member | None, Contact | None]:
        """The sender's rows, after updating their name and whether the bot can reach them."""
        found = await _find_member(tx, incoming.sender)
        if found is None:
            return None, None
        member, contact = found
        contact.unreachable_since = tx.clock.now() if incoming.kind is UpdateKind.BLOCKED else None
        if incoming.name and contact.preferred:
            members.rename(tx, member, incoming.name)
        return member, contact

    def _point_to_private_chat(self, incoming: Incoming) -> Answer:
        name, _ = split_command(incoming.text)
        addressee = addressee_of(incoming.text)
        is_for_us = not addressee or self.club.bot_link.lower().endswith(f"/{addressee}")
        if name not in self._table.commands or not is_for_us:
            return []
        say = speech_to(self.club, nearest(incoming.language))
        return [Reply(Context.wording(say("only-in-private", link=self.club.bot_link)))]

    async def _dispatch(self, context: Context) -> Answer:
        """Tries, in this order: button, command, step, reply, word, fallback."""
        incoming = context.incoming
        if incoming.press:
            return await self._handle_action(context, incoming.press.action)
        name, rest = split_command(incoming.text)
        if name and not incoming.forwarded:
            return await self._handle_command(context, name, rest)
        if (answer := await self._handle_step(context)) is not None:
            return answer
        if (answer := await self._handle_reply(context)) is not None:
            return answer
        word = None if incoming.forwarded else self._table.worded(incoming.text)
        if word:
            return await self._run(context, word)
        return await self._table.fallback(context.role)(context)

    async def _handle_step(self, context: Context) -> Answer | None:
        """The answer of the chat's step; None if there is no step, or it passes the message on.

        A late part of an album is no message of its own: no other route sees it.
        """
        answer = await self._at_step(context)
        if answer is None and context.incoming.is_late_part:
            return [context.reply(context.say("album-part-late"))]
        return answer

    async def _at_step(self, context: Context) -> Answer | None:
        stored = await context.chat_step.find()
        if stored is None:
            return None
        step, is_late = self._table.steps.get(stored.name), context.incoming.is_late_part
        takes = step and (step.takes_late_parts or not is_late)
        if step and takes and is_allowed(context.role, step.role):
            return await step.handler(replace(context, step=stored.name, data=stored.data))
        if step or is_late or self._table.is_passive(stored.name) or not context.role:
            return None
        # The step waits for its buttons only; a stray message must not discard what was begun.
        return [context.reply(context.say("press-a-button"), context.cancel_row())]

    async def _handle_reply(self, context: Context) -> Answer | None:
        if context.role and context.incoming.reply_to and not context.incoming.forwarded:
            for listener in self._table.reply_listeners:
                if (answer := await listener(context)) is not None:
                    return answer
        return None

    async def _handle_action(self, context: Context, action: str) -> Answer:
        if action.startswith("/"):
            # A button can be a command, and does what typing it would: the answer comes below.
            return await self._handle_command(
                replace(context, incoming=replace(context.incoming, press=None)),
                *split_command(action),
            )
        name, *args = action.split(":")
        route = found(self._table.actions.get(name), "button-unknown")
        if not is_allowed(context.role, route.role):
            raise _refusal(context, "button-not-yours" if context.is_member else "members-only")
        stored = await context.chat_step.find()
        if stored:
            context = replace(context, step=stored.name, data=stored.data)
        return await route.handler(replace(context, args=tuple(args)))

    async def _handle_command(self, context: Context, name: str, rest: str) -> Answer:
        command = self._table.commands.get(name)
        stored = await context.chat_step.find()
        if command is None:
            if stored is None and context.role and context.role.is_officer:
                return await self._table.fallback(context.role)(context)
            raise UserError("command-unknown")
        if stored and self._table.is_passive(stored.name):
            await context.clear_state()
        return await self._run(
            replace(context, command=name, rest=rest, args=tuple(rest.split())), command
        )

    async def _run(self, context: Context, command: Command) -> Answer:
        if is_allowed(context.role, command.role):
            return await command.handler(context)
        if command.for_others:
            return await self._run(context, self._table.commands[command.for_others])
        key = "command-owners-only" if context.role is Role.OFFICER else "command-not-yours"
        raise _refusal(context, key if context.is_member else "members-only")


def _composed(incoming: Incoming) -> Incoming:
    """The update with its words in Unicode's composed form (NFC), which every parser expects.

    Some keyboards write `ế` as `e` and two combining marks.
    """
    text, html = (unicodedata.normalize("NFC", words) for words in (incoming.text, incoming.html))
    return replace(incoming, text=text, html=html)


def _role(member: Member) -> Role | None:
    return member.role if member.state is MemberState.ACTIVE else None


async def _find_member(tx: Tx, sender: Address) -> tuple[Member, Contact] | None:
    """The member and their contact; None for a stranger and for somebody who has left."""
    found = await members.find_by_chat(tx, sender.messenger, sender.chat)
    return None if found is None or found[0].state is MemberState.LEFT else found


def _refusal(context: Context, key: str) -> UserError:
    """The error to raise; a suspended member reads about the suspension instead of `key`."""
    return UserError("suspended" if context.is_suspended else key)
