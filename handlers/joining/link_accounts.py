"""`/lienket`: a member who is on two messengers is one member, with one record for both.

A code made in one chat is typed in the other. Two records are not made one: whoever is a member in
both gives up the second, as by leaving, and is asked first. The same page unlinks a chat again.
"""

from dataclasses import replace

from handlers.conversation.context import Context, UserError
from handlers.conversation.invite_code import code_in, grouped
from handlers.conversation.routes import Routes
from handlers.joining import chat_change
from handlers.joining.chat_change import messenger_name
from handlers.messages import Address, Answer, Button, Reply, Rows
from storage import audit_log
from storage.database.ids import as_code
from storage.members import account_linking, account_transfer, code_attempts, members
from storage.members.code_attempts import TooManyAttempts
from storage.models import Contact, MoveCode

routes = Routes()


@routes.command("lienket", "link", role=None, in_menu=False, words=["liên kết"])
async def link(turn: Context) -> Answer:
    """With a code: this chat joins the record behind it. Without: a code, or how things stand."""
    if turn.rest:
        return await _with_code(turn, as_code(code_in(turn.rest) or turn.rest))
    if turn.contact is None:
        raise UserError("members-only")
    return [await _page(turn)]


@routes.action("where")
async def show_where(turn: Context) -> Answer:
    """From the settings: the same page."""
    return [await _page(turn)]


@routes.action("prefer")
async def prefer(turn: Context) -> Answer:
    """What comes unasked goes to the chat on this messenger from now on."""
    messenger = turn.args[0] if turn.args else ""
    if not await account_linking.is_served(turn.tx, turn.member_id, messenger):
        raise UserError("button-unknown")
    await account_linking.prefer(turn.tx, turn.member_id, messenger)
    contacts = await members.contacts_of(turn.tx, turn.member_id)
    for one in contacts:
        await turn.tx.session.refresh(one)
    shown = _linked(turn, contacts)
    message = turn.incoming.press.message_id if turn.incoming.press else ""
    return [replace(shown, replaces=message)]


@routes.action("unlink", role=None)
async def ask_to_unlink(turn: Context) -> Answer:
    """What unlinking means, once."""
    name = messenger_name((await chat_change.own_other(turn, turn.number())).messenger)
    rows = (
        (turn.button("linking-unlink", "unlink-yes", turn.number(), messenger=name),),
        (turn.button("linking-keep", "choice-no"),),
    )
    return [turn.instead(turn.say("linking-unlink-sure", messenger=name), rows)]


@routes.action("unlink-yes", role=None)
async def unlink(turn: Context) -> Answer:
    """That chat is a stranger's from now on; the record stays with this one."""
    other = await chat_change.own_other(turn, turn.number())
    chat = Address(other.messenger, members.chat_of(turn.tx, other))
    await account_linking.remove_chat(turn.tx, other)
    if turn.who.role.is_officer:
        await audit_log.record(turn.tx, turn.who, "chat unlinked", role=turn.who.role.value)
    said = turn.say("linking-unlinked", messenger=messenger_name(chat.messenger))
    return [turn.instead(said), *await chat_change.unlinked(turn, turn.who, chat)]


@routes.action("link-give-up", role=None)
async def give_up(turn: Context) -> Answer:
    """Leaves with the record of this chat, and joins the other."""
    code = await _opened(turn, as_code(turn.args[0] if turn.args else ""))
    if code is None or turn.member is None or turn.is_suspended:
        raise UserError("linking-code-wrong")
    owner = await account_linking.owner_of(turn.tx, code)
    if not owner.role.is_officer:  # else both records stand until the officer's chat has said yes
        await chat_change.give_up(turn, turn.member, owner)
        turn = replace(turn, member=None, contact=None)
    joined = await arrive(turn, code)
    if joined is None:  # somebody was quicker with the code: the record of this chat must not end
        raise UserError("linking-code-wrong")
    return joined


async def arrive(turn: Context, code: MoveCode) -> Answer | None:
    """Puts a stranger's chat beside the one the code was made in; None when it cannot be."""
    sender = turn.incoming.sender
    owner = await account_linking.owner_of(turn.tx, code)
    if await account_linking.is_served(turn.tx, members.number_of(owner), sender.messenger):
        raise UserError("linking-one-each", messenger=messenger_name(sender.messenger))
    joined = await chat_change.arrive(turn, code)
    if joined is None or joined.waits:
        return joined.answer if joined else None
    turn = replace(turn, member=joined.member).answering_in(joined.member.language)
    done = turn.reply(turn.say("linking-done"))
    return [done, await _page(turn), turn.menu_change(), *joined.answer]


async def _with_code(turn: Context, typed: str) -> Answer:
    code = await _opened(turn, typed)
    if code is None:
        return [_no_use(turn)]
    if turn.member is None:
        return await arrive(turn, code) or [_no_use(turn)]
    if (await account_linking.owner_of(turn.tx, code)).id == turn.member.id:
        raise UserError("linking-own-code")
    if turn.is_suspended:
        raise UserError("suspended")
    rows = (
        (turn.button("linking-give-up", "link-give-up", typed),),
        (turn.button("linking-keep", "choice-no"),),
    )
    return [turn.reply(turn.say("linking-two-records"), rows)]


async def _opened(turn: Context, typed: str) -> MoveCode | None:
    """The linking code, if it opens something; every look counts as a try."""
    found = await code_attempts.attempt(turn.tx, turn.lookup, typed)
    if isinstance(found, TooManyAttempts):
        raise UserError("joining-code-wait", time=turn.say.when(found.until))
    return found if isinstance(found, MoveCode) and found.adds else None


async def _page(turn: Context) -> Reply:
    """The chats that are linked, or the code that links one."""
    contacts = await members.contacts_of(turn.tx, turn.member_id)
    return _linked(turn, contacts) if len(contacts) > 1 else await _code(turn, contacts[0])


async def _code(turn: Context, contact: Contact) -> Reply:
    code = await account_linking.make_code(turn.tx, contact)
    until = turn.say.when(turn.now + account_transfer.VALID_FOR)
    return turn.reply(turn.say("linking-code", code=grouped(code), until=until))


def _linked(turn: Context, contacts: list[Contact]) -> Reply:
    names = " + ".join(messenger_name(one.messenger) for one in contacts)
    here = next((one for one in contacts if one.preferred), contacts[0])
    text = turn.say("linking-now", chats=names, here=messenger_name(here.messenger))
    return turn.reply(text, (*_choices(turn, contacts), *_ways_out(turn, contacts)))


def _choices(turn: Context, contacts: list[Contact]) -> Rows:
    def choice(contact: Contact) -> Button:
        key = "choice-taken" if contact.preferred else "choice-free"
        name = messenger_name(contact.messenger)
        return turn.button(key, "prefer", contact.messenger, name=name)

    return tuple((choice(contact),) for contact in contacts)


def _ways_out(turn: Context, contacts: list[Contact]) -> Rows:
    def way(contact: Contact) -> Button:
        name = messenger_name(contact.messenger)
        return turn.button("linking-unlink", "unlink", members.number_of(contact), messenger=name)

    return tuple((way(one),) for one in contacts if one.lookup != turn.lookup)


def _no_use(turn: Context) -> Reply:
    return turn.reply(turn.say("linking-code-wrong"))
