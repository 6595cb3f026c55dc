"""`/start`: joining by an invite. Nothing is stored of a person before they agree."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from handlers.authenticity import codes, look_up
from handlers.authenticity.answers import answer_to_code
from handlers.conversation import (
    LANGUAGES,
    Context,
    Html,
    Routes,
    UserError,
    code_in,
    is_supported,
    link_to_join,
    nearest,
    require,
)
from handlers.conversation.console_notice import WITH_CONSOLE, readers_notice
from handlers.flagging import official
from handlers.flagging.post import post_of
from handlers.home import screen
from handlers.joining import first_choices, officer_tour, transfer_account
from handlers.joining.invite import ZALO, is_zalo_full
from handlers.joining.newcomers_notice import tell_who_reads
from handlers.meetings import check_in, ticket_code
from handlers.messages import Answer, Button, Reply, Rows
from handlers.people.role_notices import TakenBy, notify_owners
from handlers.preferences import preferences
from handlers.preferences.pages import OpenedFrom, Page
from handlers.recognition.plain_text import plain
from handlers.views import privacy_notice
from storage import audit_log
from storage.database import as_code
from storage.members import code_attempts, invites, members, roles
from storage.members.code_attempts import TooManyAttempts
from storage.members.invites import CODE_LENGTH
from storage.models import AuditAction, Invite, Member, MoveCode, Role

routes = Routes()

_AGREEING = re.compile(
    r"(?:da |vang )?(?:(?:minh|toi|em) )?"
    r"(?:dong y|tham gia|dong y tham gia|ok|oke|okay|co|yes|agree|i agree|join)(?: a| nhe)?\W*"
)
_ANNOUNCEMENT = re.compile(r"tb[0-9]*")
InviteHandler = Callable[[Context, Invite, str], Awaitable[Answer]]


@routes.command("start", "start", role=None, in_menu=False)
async def start(context: Context) -> Answer:
    """Opens an invite, or says what the bot is."""
    if context.is_suspended:
        raise UserError("suspended")
    if ticket_code.is_payload(context.rest):
        return await check_in.scanned(context, context.rest)
    if context.rest.lower().startswith(codes.PREFIX):
        return await _show_official(context, context.rest[len(codes.PREFIX) :])
    if context.rest and not _ANNOUNCEMENT.fullmatch(context.rest):
        return await _with_invite(context, as_code(context.rest), _ask_consent)
    return await _greet_member(context) if context.is_member else _greet_stranger(context)


@routes.fallback(role=None)
async def answer_stranger(context: Context) -> Answer:
    """Answers a message of somebody who is no member; it may contain an invite code."""
    require(not context.is_suspended, "suspended")
    typed = "" if context.incoming.forwarded else context.incoming.text
    if _AGREEING.fullmatch(plain(typed)):
        # Nothing is stored of strangers, so the bot cannot know which invite they see.
        return [context.reply(context.say("joining-press-to-agree"))]
    if own := await official.answer_if_own(context, post_of(context.incoming)):
        return own
    code = code_in(typed)
    return await _with_invite(context, code, _ask_consent) if code else _greet_stranger(context)


async def _show_official(context: Context, code: str) -> Answer:
    """The official text of a code that was opened as a link; who opens it is not stored."""
    known = await look_up.by_code(context, as_code(code))
    if known is None:
        raise UserError("genuine-code-unknown")
    return await answer_to_code(context, known)


@routes.action("welcome", role=None)
async def welcome_again(context: Context) -> Answer:
    """Shows the welcome in the other language, or again after the privacy notice."""
    context = _in_chosen_language(context)
    code = _carried_code(context)
    return await _with_invite(context, code, _ask_consent) if code else _greet_stranger(context)


@routes.action("notice", role=None)
async def read_notice(context: Context) -> Answer:
    """Shows the privacy notice in place of the welcome."""
    context = _in_chosen_language(context)
    language, code = context.say.language, _carried_code(context)
    rows = (
        (context.button("joining-agree", "join", language, code),),
        (context.button("back", "welcome", language, code),),
    )
    return [context.edit(privacy_notice.notice(context.say, context.club), rows)]


@routes.action("decline", role=None)
async def decline(context: Context) -> Answer:
    """Declines the invite; nothing is stored."""
    return [context.edit(_in_chosen_language(context).say("joining-declined"))]


@routes.action("join", role=None)
async def join(context: Context) -> Answer:
    """Makes the person who agreed a member, or gives a member the invite's role."""
    require(not context.is_suspended, "suspended")
    return await _with_invite(_in_chosen_language(context), _carried_code(context), _admit)


async def _with_invite(context: Context, code: str, handler: InviteHandler) -> Answer:
    """Opens a code and passes its invite on; every call counts as an attempt (rate limited)."""
    attempt = partial(code_attempts.attempt, chat=context.lookup, code=code)
    opened = await context.keep(attempt)
    if isinstance(opened, TooManyAttempts):
        return [context.edit(context.say("joining-code-wait", time=context.say.when(opened.until)))]
    if isinstance(opened, MoveCode):
        # Two records are never merged: a member has to leave before taking the other record.
        moved = None if context.member else await transfer_account.arrive(context, opened)
        return moved or [_invalid_code(context)]
    if not isinstance(opened, Invite) or not _gains_role(context.member, opened):
        if await _is_choosing(context):
            return await first_choices.show(context, Page.PURPOSES)
        return await _greet_member(context) if opened else [_invalid_code(context)]
    return await handler(context, opened, code)


async def _is_choosing(context: Context) -> bool:
    """Whether the consent button was pressed twice: the member has just joined, and chosen nothing."""
    return (
        context.incoming.press is not None
        and context.member is not None
        and context.role is Role.MEMBER
        and not await members.agreed(context.tx, context.member_id)
    )


async def _ask_consent(context: Context, invite: Invite, code: str) -> Answer:
    """Asks for consent: who runs the club and what is stored."""
    await _require_room(context, code)
    parts = []
    if context.member is None:
        parts.append(
            context.say("joining-welcome", club=context.club.name, operator=context.club.operator)
        )
        if context.incoming.sender.messenger in WITH_CONSOLE:
            parts.append(readers_notice(context.say, context.club))
    if invite.role.is_officer:
        parts.append(context.say(f"joining-as-{invite.role.value}"))
    return [context.edit(Html("\n\n".join(parts)), _welcome_rows(context, code))]


async def _require_room(context: Context, code: str) -> None:
    """Checks that the messenger's plan has room for one more person.

    Raises:
        UserError: it has none; the sentence names another way to use the invite.
    """
    messenger = context.incoming.sender.messenger
    if context.contact is not None or messenger != ZALO or not await is_zalo_full(context):
        return
    link = link_to_join(context.club, code)
    elsewhere = "joining-zalo-full-elsewhere" if link else "joining-zalo-full-later"
    raise UserError(
        "joining-zalo-full",
        most=context.club.zalo_users,
        elsewhere=context.say(elsewhere, link=link),
    )


async def _admit(context: Context, invite: Invite, _code: str) -> Answer:
    if not await invites.use(context.tx, invite):
        return [_invalid_code(context)]
    await code_attempts.reset_attempts(context.tx, context.lookup)
    if context.member:
        await _record_role(context, invite)
        return await take_up(context, invite.role, TakenBy.INVITE)
    member = await _new_member(context, invite)
    context = replace(context, member=member).answering_in(context.say.language)
    # The welcome has said it.
    await tell_who_reads(context)
    await _record_role(context, invite)
    await notify_owners(context, member, TakenBy.INVITE)
    page = Page.LANGUAGE if _asks_language(context) else Page.PURPOSES
    return [*await first_choices.show(context, page), context.menu_change()]


def _asks_language(context: Context) -> bool:
    """Whether the language of the person is unknown: not named by their app and not pressed.

    Zalo names none; there it is Vietnamese unless they chose the other.
    """
    is_chosen = context.say.language != nearest(context.incoming.language)
    is_known = is_chosen or is_supported(context.incoming.language)
    return not (context.incoming.typed_choices or is_known)


async def _new_member(context: Context, invite: Invite) -> Member:
    sender = context.incoming.sender
    return await members.add(
        context.tx,
        messenger=sender.messenger,
        chat=sender.chat,
        name=context.incoming.name,
        role=invite.role,
        language=context.say.language,
        area=invite.area,
    )


async def take_up(context: Context, role: Role, by: TakenBy) -> Answer:
    """Gives a member who accepted the role of an officer or owner.

    Settings stay; the officers' digest remains opt-in.
    """
    await roles.change(context.tx, context.current_member, role)
    await notify_owners(context, context.current_member, by)
    context = context.answering_in(context.say.language)  # spoken to as an officer from here on
    view = await preferences.page_now(context, Page.OVERVIEW, OpenedFrom.SETTINGS)
    raised = context.edit(context.say(f"joining-raised-{role.value}"))
    choices, tour = context.reply(view.text, view.rows), officer_tour.first_screen(context)
    return [raised, choices, tour, context.menu_change()]


async def _record_role(context: Context, invite: Invite) -> None:
    if invite.role.is_officer:
        await audit_log.record(
            context.tx,
            context.current_member,
            AuditAction.ROLE_TAKEN,
            role=invite.role.value,
            invite=invite.id,
        )


async def _greet_member(context: Context) -> Answer:
    if context.current_member.role.is_officer:
        return [*await screen.show(context), context.menu_change()]
    return [
        context.edit(context.say("joining-hello-member", club=context.club.name)),
        context.menu_change(),
    ]


def _greet_stranger(context: Context) -> Answer:
    club = context.club
    text = context.say(
        "joining-stranger", club=club.name, operator=club.operator, contact=club.contact
    )
    return [context.edit(text, (_language_row(context, ""),))]


def _welcome_rows(context: Context, code: str) -> Rows:
    language = context.say.language
    return (
        (context.button("joining-agree", "join", language, code),),
        (
            context.button("joining-read-notice", "notice", language, code),
            context.button("joining-decline", "decline", language),
        ),
        _language_row(context, code),
    )


def _language_row(context: Context, code: str) -> tuple[Button, ...]:
    others = [
        context.speech(language) for language in LANGUAGES if language != context.say.language
    ]
    return tuple(
        Button(say.plain("joining-in-this-language"), f"welcome:{say.language}:{code}")
        for say in others
    )


def _invalid_code(context: Context) -> Reply:
    """The same answer for every invalid code, so that it reveals nothing about the code."""
    return context.edit(context.say("joining-code-wrong", contact=context.club.contact))


def _gains_role(member: Member | None, invite: Invite) -> bool:
    return member is None or invite.role.outranks(member.role)


def _in_chosen_language(context: Context) -> Context:
    """The language from the button; a stranger's choice is not stored."""
    language = context.args[0] if context.args else ""
    require(language in LANGUAGES, "button-unknown")
    return context.answering_in(language)


def _carried_code(context: Context) -> str:
    return as_code(context.args[1])[:CODE_LENGTH] if len(context.args) > 1 else ""
