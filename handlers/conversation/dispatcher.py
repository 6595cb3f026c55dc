"""Which handler answers this, and may this person ask it?

See docs/decisions/0014-handlers-know-no-messenger.md, docs/decisions/0015-the-step-is-a-row.md.

Every capability has its own `handlers.conversation.routes.Routes`; here they become one conversation.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from handlers.conversation import numbered_choices
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, nearest, speech_to
from handlers.conversation.invite_code import code_in
from handlers.conversation.routes import (
    ActionRoute,
    Command,
    Finder,
    Handler,
    Listener,
    Routes,
    StepRoute,
)
from handlers.conversation.settings import ClubSettings
from handlers.messages import (
    Address,
    Answer,
    Incoming,
    MenuChange,
    MenuEntry,
    Reply,
    Suggestions,
    UpdateKind,
)
from handlers.recognition.plain_text import plain
from handlers.worker_tasks import Offload, at_once
from storage.conversation import numbered_choices as stored_choices
from storage.conversation import state
from storage.database import sealing
from storage.database.engine import Tx
from storage.maintenance import key_rotation
from storage.members import members
from storage.models import Contact, Member, MemberState, Role

_RANK = {None: 0, Role.MEMBER: 1, Role.OFFICER: 2, Role.OWNER: 3}


class Conversation:
    """Answers every update; knows no messenger and keeps nothing in memory between two of them."""

    def __init__(self, club: ClubSettings, capabilities: Iterable[Routes]) -> None:
        self.club = club
        self._commands: dict[str, Command] = {}
        self._menu: list[Command] = []
        self._words: dict[str, Command] = {}
        self._actions: dict[str, ActionRoute] = {}
        self._steps: dict[str, StepRoute] = {}
        self._passing: set[str] = set()
        self._replies: list[Listener] = []
        self._anything: dict[Role | None, Handler] = {}
        self._finders: list[Finder] = []
        for routes in capabilities:
            self._add(routes)

    def _add(self, routes: Routes) -> None:
        self._menu += [command for command in routes.commands if command.in_menu]
        for command in routes.commands:
            self._commands |= {command.vi: command, command.en: command}
        self._words |= routes.words
        self._actions |= routes.actions
        self._steps |= routes.steps
        self._passing |= routes.passing
        self._replies += routes.replies
        self._anything |= routes.anything
        self._finders += routes.finders

    def menu(self, role: Role | None, language: str) -> list[MenuEntry]:
        """The commands of a person of this role, what is theirs alone first."""
        mine = [c for c in self._menu if _RANK[c.shown_to] <= _RANK[role]]
        mine.sort(key=lambda command: -_RANK[command.shown_to])
        say = speech_to(self.club, language)
        return [MenuEntry(c.name(language), say.plain(f"menu-{c.en}")) for c in mine]

    async def answer(self, tx: Tx, incoming: Incoming, offload: Offload) -> Answer:
        """Does what the update asks, in the caller's transaction, and says what to answer.

        Raises:
            OffloadRequired: something has to be computed first (`handlers.worker_tasks`).
        """
        if not incoming.private:
            return self._point_to_private_chat(incoming)
        if incoming.kind is UpdateKind.INLINE_SEARCH:
            return await self._handle_inline_search(tx, incoming, offload)
        context = await self._turn(tx, incoming, offload)
        return await (self._answer(context) if incoming.buttons else self._answer_in_words(context))

    async def _answer_in_words(self, context: Context) -> Answer:
        """As `_answer`, where choices are numbered and commands may go without their slash."""
        tx, incoming = context.tx, context.incoming
        said = "" if incoming.media else incoming.text
        meant = await self._chosen(context, said) if said else None
        await stored_choices.note_answer(tx, context.lookup)
        if isinstance(meant, numbered_choices.Picked):
            answer = await self._pick(context, meant)
        elif meant is not None:
            answer = [numbered_choices.question(context, meant)]
        elif self._is_bare_command(said):
            typed = replace(incoming, text=f"/{said.strip()}")
            answer = await self._answer(replace(context, incoming=typed))
        else:
            answer = await self._answer(context)
        return await numbered_choices.spoken(context, answer)

    async def _chosen(self, context: Context, said: str) -> numbered_choices.Meant | None:
        """The choice that was typed; where words are asked for, only one of the newest list."""
        meant = await numbered_choices.find(context.tx, context.lookup, said, context.incoming.at)
        is_one = isinstance(meant, numbered_choices.Picked) and len(meant.choices) == 1
        if is_one or isinstance(meant, numbered_choices.Ambiguous | numbered_choices.Repeated):
            return meant
        if await self._listens(context):
            return None
        if meant is None and not self._is_bare_command(said):
            return numbered_choices.agreed(
                await stored_choices.offered(context.tx, context.lookup), said
            )
        return meant

    async def _pick(self, context: Context, picked: numbered_choices.Picked) -> Answer:
        """Does what was picked, one after the other."""
        if picked.number is not None:
            await stored_choices.note_picked(context.tx, picked.offered.id, picked.number)
        if numbered_choices.must_be_single(picked):
            return [numbered_choices.one_of(context, picked)]
        answer: list[Reply | MenuChange | Suggestions] = []
        for choice in numbered_choices.to_be_done(picked):
            pressed = numbered_choices.as_press(context.incoming, choice, picked.offered)
            # Where each answers with the list anew, only the last one stands.
            answer = numbered_choices.without_list(answer, picked.offered)
            answer += await self._answer(replace(context, incoming=pressed))
        return answer or [context.reply(context.say("choices-nothing-done"))]

    async def _listens(self, context: Context) -> bool:
        """Whether the chat is at a step that waits for words: then a number may be one of them."""
        found = await state.find(context.tx, context.lookup)
        waiting = self._steps.get(found.name) if found else None
        return waiting is not None and _is_allowed(context, waiting.role)

    def _is_bare_command(self, text: str) -> bool:
        """`soan`, `thongke 12`; but what stops, leaves or erases needs its slash."""
        name, _, rest = text.strip().lower().partition(" ")
        command = self._commands.get(name)
        plain_rest = not rest or rest.strip().isdecimal() or code_in(rest) is not None
        return command is not None and not command.always and plain_rest

    async def _answer(self, context: Context) -> Answer:
        tx, incoming = context.tx, context.incoming
        if incoming.kind in (UpdateKind.BLOCKED, UpdateKind.UNBLOCKED):
            return []
        if incoming.kind is UpdateKind.EDITED:
            return [context.reply(context.say("edit-not-read"))]
        context = replace(context, counts=[])
        try:
            async with tx.session.begin_nested():
                return await self._dispatch(context)
        except UserError as sorry:
            for counting in context.counts:
                await counting()
            return [context.error_reply(sorry)]

    def always_obeys(self, incoming: Incoming) -> bool:
        """Whether this has its effect however much somebody sends: stopping, leaving, erasing."""
        if incoming.kind is UpdateKind.PRESS and incoming.press:
            action = self._actions.get(incoming.press.action.partition(":")[0])
            return action is not None and action.always
        command = self._commands.get(_split_command(incoming.text)[0])
        ordered = command is not None and command.always and not incoming.forwarded
        heard = incoming.kind in (UpdateKind.MESSAGE, UpdateKind.EDITED, UpdateKind.INLINE_SEARCH)
        return ordered or not heard

    async def ask_to_wait(self, tx: Tx, incoming: Incoming) -> Answer:
        """What somebody reads who sends more than a person can; a group reads nothing."""
        if not incoming.private or incoming.kind is UpdateKind.INLINE_SEARCH:
            return []
        return [(await self._turn(tx, incoming, at_once)).error_reply(UserError("too-fast"))]

    def apology(self, incoming: Incoming, reference: str, *, again: bool = True) -> Answer:
        """What a person reads when something broke on our side; `reference` is in the log.

        `again` says whether trying the same once more can help.
        """
        if incoming.kind is UpdateKind.INLINE_SEARCH:
            return [Suggestions(())]
        say = speech_to(self.club, nearest(incoming.language))
        return [
            Reply(Context.wording(say("trouble" if again else "set-aside", reference=reference)))
        ]

    def drawing_failed(self, incoming: Incoming, text: str) -> Html:
        """What a person reads whose picture or file could not be made: the words alone, and that."""
        say = speech_to(self.club, nearest(incoming.language))
        return Html("\n\n".join(filter(None, (text, say("undrawn")))))

    async def knows(self, tx: Tx, incoming: Incoming) -> bool:
        """Whether it comes from somebody of the club."""
        return await _of_the_club(tx, incoming.sender) is not None

    async def _handle_inline_search(self, tx: Tx, incoming: Incoming, offload: Offload) -> Answer:
        """Says nothing in the chat with the bot, and leaves no trace of who looked for what."""
        known = await members.find_by_chat(tx, incoming.sender.messenger, incoming.sender.chat)
        context = self._build_context(tx, incoming, offload, *(known or (None, None)))
        found = [one for finder in self._finders for one in await finder(context)]
        return [Suggestions(tuple(found))]

    async def _turn(self, tx: Tx, incoming: Incoming, offload: Offload) -> Context:
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
            menu=self.menu,
            offload=offload,
        )

    async def _load_member(
        self, tx: Tx, incoming: Incoming
    ) -> tuple[Member | None, Contact | None]:
        found = await _of_the_club(tx, incoming.sender)
        if found is None:
            return None, None
        member, contact = found
        blocked = incoming.kind is UpdateKind.BLOCKED
        contact.unreachable_since = tx.clock.now() if blocked else None
        if incoming.name and contact.preferred:
            members.rename(tx, member, incoming.name)
        return member, contact

    def _point_to_private_chat(self, incoming: Incoming) -> Answer:
        name, _ = _split_command(incoming.text)
        if name not in self._commands:
            return []
        say = speech_to(self.club, nearest(incoming.language))
        return [Reply(Context.wording(say("only-in-private", link=self.club.bot_link)))]

    async def _dispatch(self, context: Context) -> Answer:
        if context.incoming.press:
            return await self._handle_action(context, context.incoming.press.action)
        name, rest = _split_command(context.incoming.text)
        if name and not context.incoming.forwarded:
            return await self._handle_command(context, name, rest)
        if (answer := await self._at_step(context)) is not None:
            return answer
        if (answer := await self._handle_reply(context)) is not None:
            return answer
        if (
            word := self._words.get(plain(context.incoming.text))
        ) and not context.incoming.forwarded:
            return await self._run(context, word)
        return await self._anything[Role.MEMBER if context.role else None](context)

    async def _at_step(self, context: Context) -> Answer | None:
        """What the step answers; None when there is none, or it leaves the message to the rest."""
        found = await state.find(context.tx, context.lookup)
        if found is None:
            return None
        waiting = self._steps.get(found.name)
        if waiting and _is_allowed(context, waiting.role):
            return await waiting.handler(replace(context, step=found.name, data=found.data))
        if waiting or found.name in self._passing or not context.role:
            return None
        # Its buttons are all it waits for; what was begun must not be lost to a stray word.
        cancel = context.button("cancel", "cancel")
        return [context.reply(context.say("press-a-button"), ((cancel,),))]

    async def _handle_reply(self, context: Context) -> Answer | None:
        if context.role and context.incoming.reply_to and not context.incoming.forwarded:
            for listener in self._replies:
                if (answer := await listener(context)) is not None:
                    return answer
        return None

    async def _handle_action(self, context: Context, action: str) -> Answer:
        if action.startswith("/"):
            # A button can be a command, and does what typing it would: the answer comes below.
            typed = replace(context, incoming=replace(context.incoming, press=None))
            return await self._handle_command(typed, *_split_command(action))
        name, *args = action.split(":")
        guarded = self._actions.get(name)
        if guarded is None:
            raise UserError("button-unknown")
        if not _is_allowed(context, guarded.role):
            raise _refusal(context, "button-not-yours" if context.is_member else "members-only")
        found = await state.find(context.tx, context.lookup)
        if found:
            context = replace(context, step=found.name, data=found.data)
        return await guarded.handler(replace(context, args=tuple(args)))

    async def _handle_command(self, context: Context, name: str, rest: str) -> Answer:
        command = self._commands.get(name)
        if command is None:
            raise UserError("command-unknown")
        found = await state.find(context.tx, context.lookup)
        if found and found.name in self._passing:
            await context.clear_state()
        return await self._run(replace(context, rest=rest, args=tuple(rest.split())), command)

    @staticmethod
    async def _run(context: Context, command: Command) -> Answer:
        if not _is_allowed(context, command.role):
            theirs = "command-owners-only" if context.role is Role.OFFICER else "command-not-yours"
            raise _refusal(context, theirs if context.is_member else "members-only")
        return await command.handler(context)


async def _of_the_club(tx: Tx, sender: Address) -> tuple[Member, Contact] | None:
    """Who this is, unless they are a stranger or have left."""
    found = await members.find_by_chat(tx, sender.messenger, sender.chat)
    return None if found is None or found[0].state is MemberState.LEFT else found


def _is_allowed(context: Context, role: Role | None) -> bool:
    """Asked anew for every update: a role taken away a second ago is gone."""
    return _RANK[context.role] >= _RANK[role]


def _refusal(context: Context, key: str) -> UserError:
    """Why not; a member who is suspended reads that instead of `key`."""
    return UserError("suspended" if context.is_suspended else key)


def _split_command(text: str) -> tuple[str, str]:
    """`/soan@niemtin_bot now` → (`soan`, `now`); no command gives an empty name."""
    found = re.match(r"/(\S*)\s*(.*)", text, re.DOTALL)
    if found is None:
        return "", ""
    return found[1].partition("@")[0].lower(), found[2].strip()
