"""`/chunghoso`: links chats on two messengers to one member.

A code made in one chat is typed in the other. Records are never merged: a member of both is asked to
give one up, which ends it as leaving does. The same page unlinks a chat.
"""

from dataclasses import replace
from functools import partial

from handlers.conversation import Context, Routes, UserError, code_in, grouped, require
from handlers.joining import chat_change
from handlers.joining.newcomers_notice import tell_who_reads
from handlers.messages import (
    Address,
    Answer,
    Button,
    ButtonStyle,
    Reply,
    Rows,
    messenger_name,
)
from storage import audit_log
from storage.database import as_code, id_of
from storage.members import account_linking, account_transfer, code_attempts, members
from storage.members.code_attempts import TooManyAttempts
from storage.models import AuditAction, Contact, MoveCode
from storage.outbox.window_audience import is_free

routes = Routes()

_ANY = "-"
"""In place of a messenger: the member prefers none."""


@routes.command(
    "chunghoso",
    "link",
    role=None,
    in_menu=False,
    also=["lienket"],
    words=["chung hồ sơ", "dùng chung hồ sơ", "liên kết"],
)
async def link(context: Context) -> Answer:
    """With a code, links this chat to its record; without, shows a code or the linked chats."""
    if context.rest:
        return await _with_code(context, as_code(code_in(context.rest) or context.rest))
    if context.contact is None:
        raise UserError("members-only")
    return [await _page(context)]


@routes.action("where")
async def show_linked_chats(context: Context) -> Answer:
    """Shows the linked chats, or a code to link one; its button is in the settings."""
    return [await _page(context)]


@routes.action("prefer")
async def prefer(context: Context) -> Answer:
    """Sends announcements and notices to the chat on this messenger from now on, or to any."""
    messenger = context.args[0] if context.args else ""
    require(
        messenger == _ANY
        or await account_linking.is_served(context.tx, context.member_id, messenger),
        "button-unknown",
    )
    preferred = None if messenger == _ANY else messenger
    await account_linking.prefer(context.tx, context.member_id, preferred)
    contacts = await members.contacts_of(context.tx, context.member_id)
    for one in contacts:
        await context.tx.session.refresh(one)
    return [
        replace(
            _linked_chats(context, contacts),
            replaces=context.incoming.press.message_id if context.incoming.press else "",
        )
    ]


@routes.action("unlink", role=None)
async def ask_to_unlink(context: Context) -> Answer:
    """Says what unlinking means and asks for confirmation."""
    name = messenger_name((await chat_change.own_other(context, context.number())).messenger)
    rows = (
        (
            context.button(
                "linking-unlink",
                "unlink-yes",
                context.number(),
                messenger=name,
                style=ButtonStyle.DANGER,
            ),
        ),
        (context.button("linking-keep", "choice-no"),),
    )
    return [context.edit(context.say("linking-unlink-sure", messenger=name), rows)]


@routes.action("unlink-yes", role=None)
async def unlink(context: Context) -> Answer:
    """Unlinks another chat; the record stays with this one."""
    other = await chat_change.own_other(context, context.number())
    chat = Address(other.messenger, members.chat_of(context.tx, other))
    # Nothing is spent to tell an account of what its owner has just done elsewhere.
    is_told = is_free(context.tx, other, context.club.metered)
    await account_linking.remove_chat(context.tx, other)
    if context.current_member.role.is_officer:
        await audit_log.record(
            context.tx,
            context.current_member,
            AuditAction.CHAT_UNLINKED,
            role=context.current_member.role.value,
        )
    return [
        context.edit(context.say("linking-unlinked", messenger=messenger_name(chat.messenger))),
        *(await chat_change.unlinked(context, context.current_member, chat) if is_told else ()),
    ]


@routes.action("link-give-up", role=None)
async def give_up(context: Context) -> Answer:
    """Leaves with the record of this chat, and joins the other."""
    code = await _linking_code(context, as_code(context.args[0] if context.args else ""))
    if code is None or context.member is None or context.is_suspended:
        raise UserError("linking-code-wrong")
    owner = await account_linking.owner_of(context.tx, code)
    if not owner.role.is_officer:  # else both records stand until the officer's chat has said yes
        await chat_change.give_up(context, context.member, owner)
        context = replace(context, member=None, contact=None)
    joined = await arrive(context, code)
    if joined is None:  # somebody was quicker with the code: the record of this chat must not end
        raise UserError("linking-code-wrong")
    return joined


async def arrive(context: Context, code: MoveCode) -> Answer | None:
    """Puts a stranger's chat beside the one the code was made in; None when it cannot be."""
    sender = context.incoming.sender
    if await account_linking.is_served(
        context.tx, id_of(await account_linking.owner_of(context.tx, code)), sender.messenger
    ):
        raise UserError("linking-one-each", messenger=messenger_name(sender.messenger))
    joined = await chat_change.arrive(context, code)
    if joined is None or joined.waits:
        return joined.answer if joined else None
    context = replace(context, member=joined.member).answering_in(joined.member.language)
    done = context.reply(context.say("linking-done"))
    told = await tell_who_reads(context)
    return [*told, done, await _page(context), context.menu_change(), *joined.answer]


async def _with_code(context: Context, typed: str) -> Answer:
    code = await _linking_code(context, typed)
    if code is None:
        return [_invalid_code(context)]
    if context.member is None:
        return await arrive(context, code) or [_invalid_code(context)]
    require(
        (await account_linking.owner_of(context.tx, code)).id != context.member.id,
        "linking-own-code",
    )
    require(not context.is_suspended, "suspended")
    rows = (
        (context.button("linking-give-up", "link-give-up", typed),),
        (context.button("linking-keep", "choice-no"),),
    )
    return [context.reply(context.say("linking-two-records"), rows)]


async def _linking_code(context: Context, typed: str) -> MoveCode | None:
    """The linking code, if it opens something; every look counts as a try."""
    attempt = partial(code_attempts.attempt, chat=context.lookup, code=typed)
    opened = await context.keep(attempt)
    if isinstance(opened, TooManyAttempts):
        raise UserError("joining-code-wait", time=context.say.when(opened.until))
    return opened if isinstance(opened, MoveCode) and opened.adds else None


async def _page(context: Context) -> Reply:
    """The chats that are linked, or the code that links one."""
    contacts = await members.contacts_of(context.tx, context.member_id)
    return (
        _linked_chats(context, contacts) if len(contacts) > 1 else await _code(context, contacts[0])
    )


async def _code(context: Context, contact: Contact) -> Reply:
    code = await account_linking.make_code(context.tx, contact)
    until = context.say.moment(context.now + account_transfer.VALID_FOR)
    return context.reply(context.say("linking-code", code=grouped(code), until=until))


def _linked_chats(context: Context, contacts: list[Contact]) -> Reply:
    names = " + ".join(messenger_name(one.messenger) for one in contacts)
    preferred = next((one for one in contacts if one.preferred), None)
    text = (
        context.say("linking-now", chats=names, here=messenger_name(preferred.messenger))
        if preferred
        else context.say("linking-now-any", chats=names)
    )
    return context.reply(
        text, (*_preferred_rows(context, contacts), *_unlink_rows(context, contacts))
    )


def _preferred_rows(context: Context, contacts: list[Contact]) -> Rows:
    def choice(messenger: str, name: str, *, is_taken: bool) -> tuple[Button]:
        key = "choice-taken" if is_taken else "choice-free"
        return (context.button(key, "prefer", messenger, name=name),)

    is_open = not any(contact.preferred for contact in contacts)
    return (
        *(
            choice(one.messenger, messenger_name(one.messenger), is_taken=one.preferred)
            for one in contacts
        ),
        choice(_ANY, context.say.plain("linking-any"), is_taken=is_open),
    )


def _unlink_rows(context: Context, contacts: list[Contact]) -> Rows:
    def unlink_button(contact: Contact) -> Button:
        return context.button(
            "linking-unlink", "unlink", id_of(contact), messenger=messenger_name(contact.messenger)
        )

    return tuple((unlink_button(one),) for one in contacts if one.lookup != context.lookup)


def _invalid_code(context: Context) -> Reply:
    return context.reply(context.say("linking-code-wrong"))
