"""`/start`: from an invite to a member, with nothing kept of a person before they agree."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.invite_code import code_in
from handlers.conversation.routes import Routes
from handlers.conversation.settings import LANGUAGES
from handlers.joining import officer_tour, transfer_account
from handlers.messages import Answer, Button, Reply, Rows
from handlers.people.role_notices import TakenBy, tell_owners
from handlers.preferences import preferences
from handlers.preferences.pages import Page, Way, digest_words
from handlers.recognition.plain_text import plain
from handlers.views import privacy_notice
from storage import audit_log
from storage.database.ids import as_code
from storage.members import code_attempts, invites, members, roles
from storage.members.code_attempts import TooManyAttempts
from storage.members.invites import CODE_LENGTH
from storage.models import AuditAction, Invite, Member, MoveCode, Purpose, Role

routes = Routes()

_AGREEING = re.compile(
    r"(?:da |vang )?(?:(?:minh|toi|em) )?"
    r"(?:dong y|tham gia|dong y tham gia|ok|oke|okay|co|yes|agree|i agree|join)(?: a| nhe)?\W*"
)
_ANNOUNCEMENT = re.compile(r"tb[0-9]*")
GoOn = Callable[[Context, Invite, str], Awaitable[Answer]]


@routes.command("start", "start", role=None, in_menu=False)
async def start(context: Context) -> Answer:
    """Opens an invite, or says who this is and what can be done."""
    if context.is_suspended:
        raise UserError("suspended")
    if context.rest and not _ANNOUNCEMENT.fullmatch(context.rest):
        return await _with_invite(context, as_code(context.rest), _offer)
    return _greet_member(context) if context.is_member else _greet_stranger(context)


@routes.fallback(role=None)
async def hear_stranger(context: Context) -> Answer:
    """Whatever somebody writes who may not act as a member: perhaps their code."""
    if context.is_suspended:
        raise UserError("suspended")
    said = "" if context.incoming.forwarded else context.incoming.text
    if _AGREEING.fullmatch(plain(said)):
        # Nothing is kept of a stranger, so nobody knows whether an invite is open in front of them.
        return [context.reply(context.say("joining-press-to-agree"))]
    code = code_in(said)
    return await _with_invite(context, code, _offer) if code else _greet_stranger(context)


@routes.action("welcome", role=None)
async def welcome_again(context: Context) -> Answer:
    """The welcome in the other language, or again after the privacy notice."""
    context = _in_chosen_language(context)
    code = _carried_code(context)
    return await _with_invite(context, code, _offer) if code else _greet_stranger(context)


@routes.action("notice", role=None)
async def read_notice(context: Context) -> Answer:
    """The privacy notice before agreeing, in place of the welcome."""
    context = _in_chosen_language(context)
    language, code = context.say.language, _carried_code(context)
    rows = (
        (context.button("joining-agree", "join", language, code),),
        (context.button("back", "welcome", language, code),),
    )
    return [context.edit(privacy_notice.notice(context.say, context.club), rows)]


@routes.action("decline", role=None)
async def decline(context: Context) -> Answer:
    """No is an answer; nothing was kept and nothing is."""
    return [context.edit(_in_chosen_language(context).say("joining-declined"))]


@routes.action("join", role=None)
async def join(context: Context) -> Answer:
    """They agreed: from here on they are a member, or have the invite's role."""
    if context.is_suspended:
        raise UserError("suspended")
    return await _with_invite(_in_chosen_language(context), _carried_code(context), _let_in)


@routes.action("joined")
async def finish(context: Context) -> Answer:
    """The end of joining: what they will get and what they can do now."""
    tour = [officer_tour.first_screen(context)] if context.current_member.role.is_officer else []
    return [context.edit(await _what_now(context)), *tour, context.menu_change()]


async def _with_invite(context: Context, code: str, go_on: GoOn) -> Answer:
    """Every look at a code counts as a try, that of a forged button too."""
    found = await code_attempts.attempt(context.tx, context.lookup, code)
    if isinstance(found, TooManyAttempts):
        return [context.edit(context.say("joining-code-wait", time=context.say.when(found.until)))]
    if isinstance(found, MoveCode):
        # Two records are not made one: who is a member leaves first, then takes the other along.
        moved = None if context.member else await transfer_account.arrive(context, found)
        return moved or [_no_use(context)]
    if found is None:
        return [_no_use(context)]
    if not _raises(context.member, found):
        return _greet_member(context)
    return await go_on(context, found, code)


async def _offer(context: Context, invite: Invite, code: str) -> Answer:
    """Who asks, what is kept and why, and the choice."""
    parts = []
    if context.member is None:
        parts.append(
            context.say("joining-welcome", club=context.club.name, operator=context.club.operator)
        )
    if invite.role.is_officer:
        parts.append(context.say(f"joining-as-{invite.role.value}"))
    return [context.edit(Html("\n\n".join(parts)), _welcome_rows(context, code))]


async def _let_in(context: Context, invite: Invite, _code: str) -> Answer:
    if not await invites.use(context.tx, invite):
        return [_no_use(context)]
    await code_attempts.forget_attempts(context.tx, context.lookup)
    if context.member:
        await _note_role(context, invite)
        return await take_up(context, invite.role, TakenBy.INVITE)
    member = await _new_member(context, invite)
    context = replace(context, member=member).answering_in(context.say.language)
    await _note_role(context, invite)
    await tell_owners(context, member, TakenBy.INVITE)
    shown = await preferences.page_now(context, Page.PURPOSES, Way.JOINING)
    return [context.edit(shown.text, shown.rows), context.menu_change()]


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
    """A member who said yes to being an officer or owner keeps everything else.

    What is sent to officers stays a choice of their own.
    """
    await roles.change(context.tx, context.current_member, role)
    await tell_owners(context, context.current_member, by)
    context = context.answering_in(context.say.language)  # spoken to as an officer from here on
    shown = await preferences.page_now(context, Page.OVERVIEW, Way.SETTINGS)
    raised = context.edit(context.say(f"joining-raised-{role.value}"))
    choices, tour = context.reply(shown.text, shown.rows), officer_tour.first_screen(context)
    return [raised, choices, tour, context.menu_change()]


async def _note_role(context: Context, invite: Invite) -> None:
    if invite.role.is_officer:
        await audit_log.record(
            context.tx,
            context.current_member,
            AuditAction.ROLE_TAKEN,
            role=invite.role.value,
            invite=invite.id,
        )


async def _what_now(context: Context) -> Html:
    agreed = await members.agreed(context.tx, context.member_id)
    if not context.current_member.digest_days:
        agreed = agreed - {Purpose.DIGEST}
    lines = [context.say(f"joining-gets-{p.value}") for p in Purpose if p in agreed]
    if Purpose.DIGEST in agreed:
        lines.append(
            context.say(
                "joining-digest-when", when=digest_words(context.say, context.current_member)
            )
        )
    gets = Html("\n".join(lines)) if lines else context.say("joining-gets-nothing")
    can = context.say(
        "joining-can-officer" if context.current_member.role.is_officer else "joining-can-member"
    )
    return context.say("joining-done", gets=gets, can=can)


def _greet_member(context: Context) -> Answer:
    key = (
        "joining-hello-officer"
        if context.current_member.role.is_officer
        else "joining-hello-member"
    )
    return [context.edit(context.say(key, club=context.club.name)), context.menu_change()]


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


def _no_use(context: Context) -> Reply:
    """One sentence for every code that opens nothing, so that none can be told from another."""
    return context.edit(context.say("joining-code-wrong", contact=context.club.contact))


def _raises(member: Member | None, invite: Invite) -> bool:
    return member is None or invite.role.outranks(member.role)


def _in_chosen_language(context: Context) -> Context:
    """A stranger's choice travels in the button: nothing of them is stored yet."""
    language = context.args[0] if context.args else ""
    if language not in LANGUAGES:
        raise UserError("button-unknown")
    return context.answering_in(language)


def _carried_code(context: Context) -> str:
    return as_code(context.args[1])[:CODE_LENGTH] if len(context.args) > 1 else ""
