"""A chat that comes to a record by a code, to stand beside the others or in place of one.

Every other chat of the member hears of it at once and can undo it with one tap. An officer's record
is not joined before the chat whose code it was has said yes.
"""

from collections.abc import Collection
from dataclasses import dataclass

from handlers.messages import Address, Answer, Button, MenuChange, Message, Reply
from handlers.role_news import TakenBy, tell_owners
from handlers.routes import Routes
from handlers.speech import Speech, speech_to
from handlers.turn import Sorry, Turn
from storage import audit, chatchanges, codes, departures, links, moves, people
from storage.engine import Tx
from storage.models import ChatChange, Contact, Member, MemberState, MoveCode

routes = Routes()


@dataclass(frozen=True)
class Joined:
    """What came of a code that was shown."""

    member: Member
    answer: Answer
    """What the other chats read, and the one that came if it waits."""
    waits: bool = False


def messenger_name(messenger: str) -> str:
    """As people call it; a name needs no translation."""
    return messenger.capitalize()


async def arrive(turn: Turn, code: MoveCode) -> Joined | None:
    """Lets the chat that showed the code in, or has it wait; None when the code was used meanwhile."""
    sender = turn.incoming.sender
    contact = await turn.tx.session.get_one(Contact, code.contact_id, populate_existing=True)
    member = await people.get(turn.tx, contact.member_id)
    if not await moves.take(turn.tx, code):
        return None
    await codes.forget_attempts(turn.tx, turn.lookup)
    if member.role.is_officer:
        return await _ask_first(turn, code, member)
    told = await _let_in(turn, contact, sender, adds=code.adds)
    return Joined(member, told)


async def _ask_first(turn: Turn, code: MoveCode, member: Member) -> Joined:
    sender = turn.incoming.sender
    change = await chatchanges.ask(turn.tx, code, sender.messenger, sender.chat)
    say = speech_of(turn, member)
    key = "arriving-asks-to-link" if code.adds else "arriving-asks-to-move"
    yes = Button(say.plain("arriving-yes"), f"chat-yes:{change.id}")
    no = Button(say.plain("arriving-not-me"), f"chat-no:{change.id}")
    text = say(key, messenger=messenger_name(sender.messenger), until=say.when(change.expires_at))
    question = Message(text, ((yes,), (no,)))
    asked = [Reply(question, to=one) for one in await addresses(turn.tx, member)]
    waiting = turn.reply(turn.say("arriving-waits", until=turn.say.when(change.expires_at)))
    return Joined(member, [waiting, *asked], waits=True)


@routes.action("chat-yes", role=None)
async def confirm(turn: Turn) -> Answer:
    """The chat that was asked says that it is them."""
    change, contact = await _waiting(turn)
    if change.adds and turn.is_suspended:
        raise Sorry("suspended")
    new = Address(change.messenger, chatchanges.chat_of(turn.tx, change))
    await _make_room(turn, change, new)
    await chatchanges.end(turn.tx, change)
    told = await _let_in(turn, contact, new, adds=change.adds)
    say = speech_of(turn, turn.who)
    welcome = Message(say("linking-done" if change.adds else "moving-arrived"))
    menu = MenuChange(turn.role, say.language, to=new)
    return [turn.instead(turn.say("arriving-done")), Reply(welcome, to=new), menu, *told]


async def _make_room(turn: Turn, change: ChatChange, new: Address) -> None:
    """Whoever is a member in the chat that came gives that record up, as they agreed there.

    Raises:
        Sorry: they cannot, or there is no room beside the other chats.
    """
    if change.adds and await links.is_served(turn.tx, turn.member_id, new.messenger):
        raise Sorry("linking-one-each", messenger=messenger_name(new.messenger))
    found = await people.find_by_chat(turn.tx, new.messenger, new.chat)
    if found is None or found[0].state is MemberState.LEFT:
        return
    if not change.adds or found[0].id == turn.member_id:
        raise Sorry("arriving-over")
    await give_up(turn, found[0], turn.who)


async def give_up(turn: Turn, member: Member, kept: Member) -> None:
    """One of two records of a person ends, as by leaving.

    Raises:
        Sorry: it is that of the last owner.
    """
    if await people.is_last_owner(turn.tx, member):
        raise Sorry("leaving-last-owner")
    if member.role.is_officer:
        await audit.record(turn.tx, member, "role given up", role=member.role.value)
    await links.take_along(turn.tx, member, kept)
    await departures.leave(turn.tx, member)


@routes.action("chat-no", role=None)
async def refuse(turn: Turn) -> Answer:
    """It was not them: the chat that came stays outside, and no code of theirs opens anything."""
    change, _ = await _waiting(turn)
    stranger = Address(change.messenger, chatchanges.chat_of(turn.tx, change))
    await chatchanges.end(turn.tx, change)
    told = await _shut_out(turn, turn.who, stranger)
    return [turn.instead(turn.say("arriving-refused", contact=turn.club.contact)), *told]


@routes.action("not-me", role=None)
async def unlink_intruder(turn: Turn) -> Answer:
    """A chat that was joined just now was not theirs: out, and shut out."""
    other = await own_other(turn, turn.number())
    stranger = Address(other.messenger, people.chat_of(turn.tx, other))
    await links.remove_chat(turn.tx, other)
    told = await _shut_out(turn, turn.who, stranger)
    return [turn.instead(turn.say("arriving-refused", contact=turn.club.contact)), *told]


@routes.action("chat-back", role=None)
async def take_back(turn: Turn) -> Answer:
    """The chat that was given up says that it was not them: the record comes back to it."""
    change = await chatchanges.find(turn.tx, turn.number(), is_done=True)
    sender = turn.incoming.sender
    if change is None or (change.messenger, chatchanges.chat_of(turn.tx, change)) != (
        sender.messenger,
        sender.chat,
    ):
        raise Sorry("arriving-over")
    if turn.contact is not None:  # they have joined anew meanwhile
        raise Sorry("arriving-over")
    later = await links.came_with(turn.tx, await chatchanges.contact_of(turn.tx, change))
    had = await moves.take_back(turn.tx, change)
    told = [*await _shut_out(turn, had.member, Address(had.old_messenger, had.old_chat))]
    for contact in later:
        other = Address(contact.messenger, people.chat_of(turn.tx, contact))
        await links.remove_chat(turn.tx, contact)
        told += await _shut_out(turn, had.member, other)
    say = speech_of(turn, had.member)
    back = Message(say("arriving-back", contact=turn.club.contact))
    press = turn.incoming.press
    role = had.member.role if had.member.state is MemberState.ACTIVE else None
    menu = MenuChange(role, say.language)
    return [Reply(back, replaces=press.message_id if press else ""), menu, *told]


async def _let_in(turn: Turn, contact: Contact, new: Address, *, adds: bool) -> Answer:
    """The chat is the member's; what their other chats read, each with the way to undo it."""
    member = await people.get(turn.tx, contact.member_id)
    say, name = speech_of(turn, member), messenger_name(new.messenger)
    if adds:
        others = await addresses(turn.tx, member)
        added = await links.add_chat(turn.tx, member, new.messenger, new.chat)
        not_me = Button(say.plain("arriving-not-me"), f"not-me:{added.id}")
        text = say("arriving-linked", messenger=name, contact=turn.club.contact)
        await _note(turn, member, "chat linked", TakenBy.LINKED)
        return [Reply(Message(text, ((not_me,),)), to=one) for one in others]
    moved = await moves.move(turn.tx, contact, new.messenger, new.chat)
    await _note(turn, member, "record moved", TakenBy.MOVED)
    back = Button(say.plain("arriving-not-me"), f"chat-back:{moved.change}")
    text = say("moving-gone", contact=turn.club.contact)
    old = Address(moved.old_messenger, moved.old_chat)
    others = [one for one in await addresses(turn.tx, member) if one != new]
    word = Message(say("arriving-moved", messenger=name, contact=turn.club.contact))
    return [
        Reply(Message(text, ((back,),)), to=old),
        MenuChange(None, say.language, to=old),
        *(Reply(word, to=one) for one in others),
    ]


async def _note(turn: Turn, member: Member, deed: str, by: TakenBy) -> None:
    if member.role.is_officer:
        await audit.record(turn.tx, member, deed, role=member.role.value)
        await tell_owners(turn, member, by)


async def _shut_out(turn: Turn, member: Member, stranger: Address) -> Answer:
    """No code of that chat is looked at, and none of the member's opens anything any more."""
    await codes.shut_out(turn.tx, people.lookup_of(turn.tx, stranger.messenger, stranger.chat))
    await moves.forget_all(turn.tx, people.number_of(member))
    await chatchanges.forget_waiting(turn.tx, people.number_of(member))
    if member.role.is_officer:
        await audit.record(turn.tx, member, "chat refused", role=member.role.value)
    return unlinked(turn, stranger)


def unlinked(turn: Turn, chat: Address) -> Answer:
    """What a chat reads that is a stranger's from now on."""
    return [
        Reply(Message(turn.say("arriving-out")), to=chat),
        MenuChange(None, turn.say.language, to=chat),
    ]


async def own_other(turn: Turn, contact_id: int) -> Contact:
    """Another chat of the member, which this one may take away.

    Raises:
        Sorry: it is not theirs, or this chat came after it and lately.
    """
    if turn.contact is None:
        raise Sorry("members-only")
    contacts = await people.contacts_of(turn.tx, turn.member_id)
    other = next((one for one in contacts if one.id == contact_id), None)
    if other is None or other.id == turn.contact.id:
        raise Sorry("arriving-over")
    if not links.may_take_away(turn.tx, turn.contact, other):
        raise Sorry("linking-too-new", days=links.NEW_FOR.days)
    return other


async def _waiting(turn: Turn) -> tuple[ChatChange, Contact]:
    """What waits for a yes of this member.

    Raises:
        Sorry: it is over, or somebody else's.
    """
    change = await chatchanges.find(turn.tx, turn.number(), is_done=False)
    contact = await chatchanges.contact_of(turn.tx, change) if change else None
    if change is None or contact is None or turn.contact is None:
        raise Sorry("arriving-over")
    if contact.member_id != turn.member_id:
        raise Sorry("arriving-over")
    return change, contact


async def addresses(tx: Tx, member: Member) -> Collection[Address]:
    """Every chat of a member."""
    contacts = await people.contacts_of(tx, people.number_of(member))
    return [Address(one.messenger, people.chat_of(tx, one)) for one in contacts]


def speech_of(turn: Turn, member: Member) -> Speech:
    """The words in which the member's own chats are written to."""
    return speech_to(turn.club, member.language, member.role)
