"""A code adds a chat to a member's record, or replaces one of its chats.

Every other chat of the member is notified through the outbox and can undo it with one tap. For an
officer's record the chat that made the code has to confirm first. A chat that was added lately can
only refuse; it cannot let other chats in, by a code of its own either.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from handlers.conversation import Context, Routes, Speech, UserError, require, speech_to
from handlers.messages import Address, Answer, Button, MenuChange, Message, Reply, messenger_name
from handlers.notifications import notify_chats
from handlers.people.role_notices import TakenBy, notify_owners
from storage import audit_log
from storage.database import id_of, sealing
from storage.members import (
    account_linking,
    account_transfer,
    chat_changes,
    code_attempts,
    interactions,
    members,
)
from storage.models import AuditAction, ChatChange, Contact, Member, MemberState, MoveCode
from storage.privacy import leaving

routes = Routes()


@dataclass(frozen=True)
class ChatAdopted:
    """The result of a code."""

    member: Member
    answer: Answer
    """The answer if the new chat has to wait, and menu changes."""
    waits: bool = False


async def arrive(context: Context, code: MoveCode) -> ChatAdopted | None:
    """Adds the chat that typed the code, or asks for confirmation; None if the code was used.

    Raises:
        UserError: it is an officer's code, and none of their chats is old enough to confirm.
    """
    sender = context.incoming.sender
    contact = await context.tx.session.get_one(Contact, code.contact_id, populate_existing=True)
    member = await members.get(context.tx, contact.member_id)
    if not await account_transfer.take(context.tx, code):
        return None
    await code_attempts.reset_attempts(context.tx, context.lookup)
    if member.role.is_officer:
        return await _ask_officer(context, code, contact, member)
    return ChatAdopted(member, await _admit_chat(context, contact, sender, adds=code.adds))


async def _ask_officer(
    context: Context, code: MoveCode, contact: Contact, member: Member
) -> ChatAdopted:
    sender = context.incoming.sender
    confirming = await account_linking.may_confirm(context.tx, contact)
    require(confirming, "arriving-none-confirms", days=account_linking.NEW_FOR.days)
    change = await chat_changes.ask(context.tx, code, sender.messenger, sender.chat)
    chats = await members.contacts_of(context.tx, id_of(member))
    asked = [one for one in chats if id_of(one) in confirming]
    others = [one for one in chats if one not in asked]
    await _notify_chats(context, member, asked, _question(change, with_yes=True))
    await _notify_chats(context, member, others, _question(change, with_yes=False))
    return ChatAdopted(
        member,
        [context.reply(context.say("arriving-waits", until=context.say.moment(change.expires_at)))],
        waits=True,
    )


def _question(change: ChatChange, *, with_yes: bool) -> Callable[[Speech], Message]:
    """The question to an officer's chats; chats that may not confirm can only refuse."""

    def write(say: Speech) -> Message:
        key = "arriving-asks-to-link" if change.adds else "arriving-asks-to-move"
        name, until = messenger_name(change.messenger), say.moment(change.expires_at)
        yes = Button(say.plain("arriving-yes"), f"chat-yes:{id_of(change)}")
        no = Button(say.plain("arriving-not-me"), f"chat-no:{id_of(change)}")
        return Message(
            say(key, messenger=name, until=until), ((yes,), (no,)) if with_yes else ((no,),)
        )

    return write


@routes.action("chat-yes", role=None)
async def confirm(context: Context) -> Answer:
    """Confirms the change from a chat that was asked.

    Raises:
        UserError: this chat may not confirm, or the change is over.
    """
    change, contact = await _require_pending_change(context)
    if context.contact is None or id_of(context.contact) not in await account_linking.may_confirm(
        context.tx, contact
    ):
        raise UserError("arriving-confirm-elsewhere", days=account_linking.NEW_FOR.days)
    require(not change.adds or not context.is_suspended, "suspended")
    new = Address(change.messenger, chat_changes.chat_of(context.tx, change))
    await _make_room(context, change, new)
    await chat_changes.end(context.tx, change)
    menu_changes = await _admit_chat(context, contact, new, adds=change.adds)
    await _note_interaction(context, new, chat_changes.asked_at(change))
    key = "linking-done" if change.adds else "moving-arrived"
    await notify_chats(
        context.tx, context.club, context.current_member, [new], lambda say: Message(say(key))
    )
    menu = MenuChange(context.role, context.current_member.language, to=new)
    return [context.edit(context.say("arriving-done")), menu, *menu_changes]


async def _note_interaction(context: Context, chat: Address, at: datetime) -> None:
    """Where there is a messaging window: somebody wrote in this chat before it was the member's."""
    adopted = await members.find_by_chat(context.tx, chat.messenger, chat.chat)
    if adopted is not None and chat.messenger in context.club.metered:
        await interactions.note(context.tx, adopted[1], at)


async def _make_room(context: Context, change: ChatChange, new: Address) -> None:
    """Ends the record that the new chat belongs to, as its member agreed there.

    Raises:
        UserError: they cannot, or there is no room beside the other chats.
    """
    if change.adds and await account_linking.is_served(
        context.tx, context.member_id, new.messenger
    ):
        raise UserError("linking-one-each", messenger=messenger_name(new.messenger))
    existing = await members.find_by_chat(context.tx, new.messenger, new.chat)
    if existing is None or existing[0].state is MemberState.LEFT:
        return
    require(change.adds and existing[0].id != context.member_id, "arriving-over")
    await give_up(context, existing[0], context.current_member)


async def give_up(context: Context, member: Member, surviving: Member) -> None:
    """Ends one of two records of a person, as leaving does.

    Raises:
        UserError: it is the record of the last owner.
    """
    require(not await members.is_last_owner(context.tx, member), "leaving-last-owner")
    if member.role.is_officer:
        await audit_log.record(
            context.tx, member, AuditAction.ROLE_GIVEN_UP, role=member.role.value
        )
    await account_linking.move_contacts(context.tx, member, surviving)
    await leaving.leave(context.tx, member)


@routes.action("chat-no", role=None)
async def refuse(context: Context) -> Answer:
    """Refuses the change: blocks the new chat and revokes all codes of the member."""
    change, _ = await _require_pending_change(context)
    stranger = Address(change.messenger, chat_changes.chat_of(context.tx, change))
    await chat_changes.end(context.tx, change)
    return [
        context.edit(context.say("arriving-refused", contact=context.club.contact)),
        *await _block_chat(context, context.current_member, stranger),
    ]


@routes.action("not-me", role=None)
async def unlink_intruder(context: Context) -> Answer:
    """Removes a chat that was just added and is not the member's, and blocks it."""
    other = await own_other(context, context.number())
    stranger = Address(other.messenger, members.chat_of(context.tx, other))
    await account_linking.remove_chat(context.tx, other)
    return [
        context.edit(context.say("arriving-refused", contact=context.club.contact)),
        *await _block_chat(context, context.current_member, stranger),
    ]


@routes.action("chat-back", role=None)
async def take_back(context: Context) -> Answer:
    """The replaced chat says that it was not them: gives the record back to it."""
    change = await chat_changes.find(context.tx, context.number(), is_done=True)
    sender = context.incoming.sender
    if change is None or (change.messenger, chat_changes.chat_of(context.tx, change)) != (
        sender.messenger,
        sender.chat,
    ):
        raise UserError("arriving-over")
    if context.contact is not None:  # they have joined again meanwhile
        raise UserError("arriving-over")
    later_contacts = await account_linking.added_since(
        context.tx, await chat_changes.contact_of(context.tx, change)
    )
    restored = await account_transfer.take_back(context.tx, change)
    menu_changes = [
        *await _block_chat(
            context, restored.member, Address(restored.old_messenger, restored.old_chat)
        )
    ]
    for contact in later_contacts:
        other = Address(contact.messenger, members.chat_of(context.tx, contact))
        await account_linking.remove_chat(context.tx, contact)
        menu_changes += await _block_chat(context, restored.member, other)
    say = speech_of(context, restored.member)
    back = Message(say("arriving-back", contact=context.club.contact))
    press = context.incoming.press
    role = restored.member.role if restored.member.state is MemberState.ACTIVE else None
    menu = MenuChange(role, say.language)
    return [Reply(back, replaces=press.message_id if press else ""), menu, *menu_changes]


async def _admit_chat(context: Context, contact: Contact, new: Address, *, adds: bool) -> Answer:
    """Adds the chat and notifies the member's other chats, with a button that undoes it."""
    member = await members.get(context.tx, contact.member_id)
    others = [
        one
        for one in await members.contacts_of(context.tx, id_of(member))
        if adds or one.id != contact.id
    ]
    values = {"messenger": messenger_name(new.messenger), "contact": context.club.contact}
    if adds:
        added = await account_linking.add_chat(context.tx, member, new.messenger, new.chat)
        await _notify_chats(
            context, member, others, _warning("arriving-linked", f"not-me:{id_of(added)}", **values)
        )
        await _record_change(context, member, AuditAction.CHAT_LINKED, TakenBy.LINKED)
        return []
    moved = await account_transfer.move(context.tx, contact, new.messenger, new.chat)
    old = Address(moved.old_messenger, moved.old_chat)
    gone = _warning("moving-gone", f"chat-back:{moved.change}", contact=context.club.contact)
    await notify_chats(context.tx, context.club, member, [old], gone)
    await _notify_chats(context, member, others, _warning("arriving-moved", **values))
    await _record_change(context, member, AuditAction.RECORD_MOVED, TakenBy.MOVED)
    return [MenuChange(None, member.language, to=old)]


def _warning(key: str, undo: str = "", **values: str) -> Callable[[Speech], Message]:
    def write(say: Speech) -> Message:
        not_me = Button(say.plain("arriving-not-me"), undo)
        return Message(say(key, **values), ((not_me,),) if undo else ())

    return write


async def _notify_chats(
    context: Context, member: Member, chats: Iterable[Contact], write: Callable[[Speech], Message]
) -> None:
    addresses = [Address(one.messenger, members.chat_of(context.tx, one)) for one in chats]
    await notify_chats(context.tx, context.club, member, addresses, write)


async def _record_change(
    context: Context, member: Member, action: AuditAction, by: TakenBy
) -> None:
    if member.role.is_officer:
        await audit_log.record(context.tx, member, action, role=member.role.value)
        await notify_owners(context, member, by)


async def _block_chat(context: Context, member: Member, stranger: Address) -> Answer:
    """Blocks codes typed in that chat and revokes the codes of the member."""
    await code_attempts.block(
        context.tx, sealing.chat_lookup(context.tx, stranger.messenger, stranger.chat)
    )
    await account_transfer.delete_codes_of_member(context.tx, id_of(member))
    await chat_changes.delete_waiting(context.tx, id_of(member))
    if member.role.is_officer:
        await audit_log.record(context.tx, member, AuditAction.CHAT_REFUSED, role=member.role.value)
    return await unlinked(context, member, stranger)


async def unlinked(context: Context, member: Member, chat: Address) -> Answer:
    """Notifies a chat that it is no longer linked, and resets its menu."""
    await notify_chats(
        context.tx, context.club, member, [chat], lambda say: Message(say("arriving-out"))
    )
    return [MenuChange(None, member.language, to=chat)]


async def own_other(context: Context, contact_id: int) -> Contact:
    """Another chat of the member, which this chat may remove.

    Raises:
        UserError: it is not theirs, or this chat is newer and was added lately.
    """
    if context.contact is None:
        raise UserError("members-only")
    contacts = await members.contacts_of(context.tx, context.member_id)
    other = next((one for one in contacts if one.id == contact_id), None)
    if other is None or other.id == context.contact.id:
        raise UserError("arriving-over")
    require(
        account_linking.may_take_away(context.tx, context.contact, other),
        "linking-too-new",
        days=account_linking.NEW_FOR.days,
    )
    return other


async def _require_pending_change(context: Context) -> tuple[ChatChange, Contact]:
    """The pending change that this member can confirm or refuse.

    Raises:
        UserError: it is over, or somebody else's.
    """
    change = await chat_changes.find(context.tx, context.number(), is_done=False)
    contact = await chat_changes.contact_of(context.tx, change) if change else None
    if change is None or contact is None or context.contact is None:
        raise UserError("arriving-over")
    require(contact.member_id == context.member_id, "arriving-over")
    return change, contact


def speech_of(context: Context, member: Member) -> Speech:
    """The texts in the member's language and form of address."""
    return speech_to(context.club, member.language, member.role)
