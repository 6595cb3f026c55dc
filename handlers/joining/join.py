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
from storage.models import Invite, Member, MoveCode, Purpose, Role

routes = Routes()

_AGREEING = re.compile(
    r"(?:da |vang )?(?:(?:minh|toi|em) )?"
    r"(?:dong y|tham gia|dong y tham gia|ok|oke|okay|co|yes|agree|i agree|join)(?: a| nhe)?\W*"
)
_ANNOUNCEMENT = re.compile(r"tb[0-9]*")
GoOn = Callable[[Context, Invite, str], Awaitable[Answer]]


@routes.command("start", "start", role=None, in_menu=False)
async def start(turn: Context) -> Answer:
    """Opens an invite, or says who this is and what can be done."""
    if turn.is_suspended:
        raise UserError("suspended")
    if turn.rest and not _ANNOUNCEMENT.fullmatch(turn.rest):
        return await _with_invite(turn, as_code(turn.rest), _offer)
    return _greet_member(turn) if turn.is_member else _greet_stranger(turn)


@routes.otherwise(role=None)
async def hear_stranger(turn: Context) -> Answer:
    """Whatever somebody writes who may not act as a member: perhaps their code."""
    if turn.is_suspended:
        raise UserError("suspended")
    said = "" if turn.incoming.forwarded else turn.incoming.text
    if _AGREEING.fullmatch(plain(said)):
        # Nothing is kept of a stranger, so nobody knows whether an invite is open in front of them.
        return [turn.reply(turn.say("joining-press-to-agree"))]
    code = code_in(said)
    return await _with_invite(turn, code, _offer) if code else _greet_stranger(turn)


@routes.action("welcome", role=None)
async def welcome_again(turn: Context) -> Answer:
    """The welcome in the other language, or again after the privacy notice."""
    turn = _in_chosen_language(turn)
    code = _carried_code(turn)
    return await _with_invite(turn, code, _offer) if code else _greet_stranger(turn)


@routes.action("notice", role=None)
async def read_notice(turn: Context) -> Answer:
    """The privacy notice before agreeing, in place of the welcome."""
    turn = _in_chosen_language(turn)
    language, code = turn.say.language, _carried_code(turn)
    rows = (
        (turn.button("joining-agree", "join", language, code),),
        (turn.button("back", "welcome", language, code),),
    )
    return [turn.instead(privacy_notice.notice(turn.say, turn.club), rows)]


@routes.action("decline", role=None)
async def decline(turn: Context) -> Answer:
    """No is an answer; nothing was kept and nothing is."""
    return [turn.instead(_in_chosen_language(turn).say("joining-declined"))]


@routes.action("join", role=None)
async def join(turn: Context) -> Answer:
    """They agreed: from here on they are a member, or have the invite's role."""
    if turn.is_suspended:
        raise UserError("suspended")
    return await _with_invite(_in_chosen_language(turn), _carried_code(turn), _let_in)


@routes.action("joined")
async def finish(turn: Context) -> Answer:
    """The end of joining: what they will get and what they can do now."""
    tour = [officer_tour.first_screen(turn)] if turn.who.role.is_officer else []
    return [turn.instead(await _what_now(turn)), *tour, turn.menu_change()]


async def _with_invite(turn: Context, code: str, go_on: GoOn) -> Answer:
    """Every look at a code counts as a try, that of a forged button too."""
    found = await code_attempts.attempt(turn.tx, turn.lookup, code)
    if isinstance(found, TooManyAttempts):
        return [turn.instead(turn.say("joining-code-wait", time=turn.say.when(found.until)))]
    if isinstance(found, MoveCode):
        # Two records are not made one: who is a member leaves first, then takes the other along.
        moved = None if turn.member else await transfer_account.arrive(turn, found)
        return moved or [_no_use(turn)]
    if found is None:
        return [_no_use(turn)]
    if not _raises(turn.member, found):
        return _greet_member(turn)
    return await go_on(turn, found, code)


async def _offer(turn: Context, invite: Invite, code: str) -> Answer:
    """Who asks, what is kept and why, and the choice."""
    parts = []
    if turn.member is None:
        parts.append(turn.say("joining-welcome", club=turn.club.name, operator=turn.club.operator))
    if invite.role.is_officer:
        parts.append(turn.say(f"joining-as-{invite.role.value}"))
    return [turn.instead(Html("\n\n".join(parts)), _welcome_rows(turn, code))]


async def _let_in(turn: Context, invite: Invite, _code: str) -> Answer:
    if not await invites.use(turn.tx, invite):
        return [_no_use(turn)]
    await code_attempts.forget_attempts(turn.tx, turn.lookup)
    if turn.member:
        await _note_role(turn, invite)
        return await take_up(turn, invite.role, TakenBy.INVITE)
    member = await _new_member(turn, invite)
    turn = replace(turn, member=member).answering_in(turn.say.language)
    await _note_role(turn, invite)
    await tell_owners(turn, member, TakenBy.INVITE)
    shown = await preferences.page_now(turn, Page.PURPOSES, Way.JOINING)
    return [turn.instead(shown.text, shown.rows), turn.menu_change()]


async def _new_member(turn: Context, invite: Invite) -> Member:
    sender = turn.incoming.sender
    return await members.add(
        turn.tx,
        messenger=sender.messenger,
        chat=sender.chat,
        name=turn.incoming.name,
        role=invite.role,
        language=turn.say.language,
        area=invite.area,
    )


async def take_up(turn: Context, role: Role, by: TakenBy) -> Answer:
    """A member who said yes to being an officer or owner keeps everything else.

    What is sent to officers stays a choice of their own.
    """
    await roles.change(turn.tx, turn.who, role)
    await tell_owners(turn, turn.who, by)
    turn = turn.answering_in(turn.say.language)  # spoken to as an officer from here on
    shown = await preferences.page_now(turn, Page.OVERVIEW, Way.SETTINGS)
    raised = turn.instead(turn.say(f"joining-raised-{role.value}"))
    choices, tour = turn.reply(shown.text, shown.rows), officer_tour.first_screen(turn)
    return [raised, choices, tour, turn.menu_change()]


async def _note_role(turn: Context, invite: Invite) -> None:
    if invite.role.is_officer:
        await audit_log.record(
            turn.tx, turn.who, "role taken", role=invite.role.value, invite=invite.id
        )


async def _what_now(turn: Context) -> Html:
    agreed = await members.agreed(turn.tx, turn.member_id)
    if not turn.who.digest_days:
        agreed = agreed - {Purpose.DIGEST}
    lines = [turn.say(f"joining-gets-{p.value}") for p in Purpose if p in agreed]
    if Purpose.DIGEST in agreed:
        lines.append(turn.say("joining-digest-when", when=digest_words(turn.say, turn.who)))
    gets = Html("\n".join(lines)) if lines else turn.say("joining-gets-nothing")
    can = turn.say("joining-can-officer" if turn.who.role.is_officer else "joining-can-member")
    return turn.say("joining-done", gets=gets, can=can)


def _greet_member(turn: Context) -> Answer:
    key = "joining-hello-officer" if turn.who.role.is_officer else "joining-hello-member"
    return [turn.instead(turn.say(key, club=turn.club.name)), turn.menu_change()]


def _greet_stranger(turn: Context) -> Answer:
    club = turn.club
    text = turn.say(
        "joining-stranger", club=club.name, operator=club.operator, contact=club.contact
    )
    return [turn.instead(text, (_language_row(turn, ""),))]


def _welcome_rows(turn: Context, code: str) -> Rows:
    language = turn.say.language
    return (
        (turn.button("joining-agree", "join", language, code),),
        (
            turn.button("joining-read-notice", "notice", language, code),
            turn.button("joining-decline", "decline", language),
        ),
        _language_row(turn, code),
    )


def _language_row(turn: Context, code: str) -> tuple[Button, ...]:
    others = [turn.speech(language) for language in LANGUAGES if language != turn.say.language]
    return tuple(
        Button(say.plain("joining-in-this-language"), f"welcome:{say.language}:{code}")
        for say in others
    )


def _no_use(turn: Context) -> Reply:
    """One sentence for every code that opens nothing, so that none can be told from another."""
    return turn.instead(turn.say("joining-code-wrong", contact=turn.club.contact))


def _raises(member: Member | None, invite: Invite) -> bool:
    return member is None or invite.role.outranks(member.role)


def _in_chosen_language(turn: Context) -> Context:
    """A stranger's choice travels in the button: nothing of them is stored yet."""
    language = turn.args[0] if turn.args else ""
    if language not in LANGUAGES:
        raise UserError("button-unknown")
    return turn.answering_in(language)


def _carried_code(turn: Context) -> str:
    return as_code(turn.args[1])[:CODE_LENGTH] if len(turn.args) > 1 else ""
