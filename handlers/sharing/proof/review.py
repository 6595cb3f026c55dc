"""What officers see of proofs, without a name; asking about one that does not fit; the answer.

Nobody has to answer: a share counts with or without proof.
"""

import base64
from collections.abc import Callable

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.length_limit import within
from handlers.conversation.pagination import Page, paged
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Media, MediaKind, Message, Reply, Rows
from handlers.people.notify import tell
from handlers.recognition.plain_text import shortened
from storage import audit_log
from storage.announcements import published, share_proofs
from storage.announcements.share_proofs import StoredProof
from storage.members import members
from storage.models import AuditAction, Member, MemberState, ProofKind, Role

routes = Routes()

_ASK, _ANSWER = "proof.question", "proof.answer"
_WORDS_LIMIT = 500
_LABEL_CHARACTERS = 40


@routes.command("minhchung", "proofs", role=Role.OFFICER)
@paged(routes, "proofs", role=Role.OFFICER, position=1)
async def list_proofs(context: Context, page: Page) -> tuple[Html, Rows]:
    """The proofs of one announcement."""
    number = context.number()
    if await published.find(context.tx, number) is None:
        raise UserError("proofs-unknown", number=str(number))
    fetched = await share_proofs.of_announcement(
        context.tx, number, offset=page.offset, limit=page.limit
    )
    if not fetched:
        return context.say("proofs-none", number=str(number)), ()
    shown, others = page.split(fetched, number)
    rows = tuple((Button(_short(context.say, proof), f"proof-see:{proof.id}"),) for proof in shown)
    return context.say("proofs-list", number=str(number)), (*rows, *others)


def _short(say: Speech, one: StoredProof) -> str:
    """One proof in a line; what was asked and answered is marked."""
    mark = "proofs-mark-answered" if one.answer else "proofs-mark-asked"
    told = f"{_told(say, one)}{say.plain(mark) if one.question else ''}"
    return shortened(told, _LABEL_CHARACTERS)


def _told(say: Speech, one: StoredProof) -> str:
    if one.kind is ProofKind.PICTURE:
        return say.plain("proofs-picture")
    if one.kind is ProofKind.WORDS:
        return say.plain("proofs-words", words=one.content)
    return one.content.partition("://")[2]


@routes.action("proof-see", role=Role.OFFICER)
async def see(context: Context) -> Answer:
    """One proof; nothing in it says whose it is."""
    one = await _found(context, context.number())
    shown = (
        await share_proofs.picture(context.tx, one.id) if one.kind is ProofKind.PICTURE else None
    )
    media = None
    if shown:
        name = context.say.plain("proofs-file", id=str(one.id))
        media = Media(MediaKind.PHOTO, name=name, content=base64.b64decode(shown))
    return [Reply(Message(_card(context.say, one), _card_rows(context, one), media))]


def _card(say: Speech, one: StoredProof) -> Html:
    parts = [say("proofs-card", number=str(one.announcement_id), what=_told(say, one))]
    if one.question:
        parts.append(say("proofs-card-question", question=one.question))
        parts.append(
            say("proofs-card-answer", answer=one.answer) if one.answer else say("proofs-card-waits")
        )
    return Html("\n\n".join(parts))


def _card_rows(context: Context, one: StoredProof) -> Rows:
    ask = context.button(
        "proofs-ask-again" if one.question else "proofs-ask", "proof-doubt", one.id
    )
    return ((ask,), (context.button("proofs-all", "proofs", one.announcement_id),))


@routes.action("proof-doubt", role=Role.OFFICER)
async def doubt(context: Context) -> Answer:
    """Asking takes a reason, which the member reads."""
    one = await _found(context, context.number())
    await context.set_state(_ASK, proof=one.id)
    return [context.reply(context.say("proofs-why"), ((context.button("cancel", "cancel"),),))]


@routes.step(_ASK, role=Role.OFFICER)
async def asked(context: Context) -> Answer:
    """The question goes to whoever handed it in."""
    words = _words(context)
    await context.clear_state()
    try:
        one = await _found(context, int(context.data["proof"]))
        sharer = await _sharer(context, one)
    except UserError as sorry:  # taken back or forgotten meanwhile: this step is over
        return [context.error_reply(sorry)]
    await share_proofs.ask(context.tx, one.id, context.member_id, words)
    await audit_log.record(
        context.tx,
        context.current_member,
        AuditAction.PROOF_ASKED_ABOUT,
        announcement=one.announcement_id,
    )

    def write(say: Speech) -> Message:
        number = str(one.announcement_id)
        text = say("proof-asked-about", number=number, what=_told(say, one), question=words)
        return Message(text, _member_rows(say, one.id))

    await tell(context, sharer, f"proof {one.id} asked", write, about=context.current_member)
    return [context.reply(context.say("proofs-asked"))]


def _member_rows(say: Speech, proof_id: int) -> Rows:
    def button(key: str, action: str) -> Button:
        return Button(say.plain(key), action=f"{action}:{proof_id}")

    return (
        (button("proof-reply", "proof-reply"), button("proof-swap", "proof-replace")),
        (button("proof-drop", "proof-drop"),),
    )


@routes.action("proof-reply")
async def reply(context: Context) -> Answer:
    """The member's own words about it."""
    one = await _own(context, context.number())
    if not one.question:
        raise UserError("proof-gone")
    await context.set_state(_ANSWER, proof=one.id)
    return [
        context.reply(context.say("proof-reply-prompt"), ((context.button("cancel", "cancel"),),))
    ]


@routes.step(_ANSWER)
async def replied(context: Context) -> Answer:
    """The answer goes to the officer who asked, without a name."""
    words = _words(context)
    await context.clear_state()
    try:
        one = await _own(context, int(context.data["proof"]))
    except UserError as sorry:
        return [context.error_reply(sorry)]
    await share_proofs.answer(context.tx, one.id, words)

    def write(say: Speech) -> Message:
        see_it = Button(say.plain("proofs-see"), action=f"proof-see:{one.id}")
        text = say("proofs-answered", number=str(one.announcement_id), answer=words)
        return Message(text, ((see_it,),))

    await _tell_asker(context, one, "answered", write)
    return [context.reply(context.say("proof-reply-sent"))]


@routes.action("proof-drop")
async def drop(context: Context) -> Answer:
    """Without this proof; the share counts all the same."""
    number = await give_up(context, context.number())
    return [context.edit(context.say("proof-dropped", number=str(number)))]


async def give_up(context: Context, proof_id: int) -> int:
    """Takes the member's own proof away; returns the number of its announcement.

    Raises:
        UserError: it is gone already.
    """
    one = await _own(context, proof_id)
    await _let_go(context, one, "dropped", "proofs-dropped")
    return one.announcement_id


async def replaced(context: Context, proof_id: int) -> None:
    """A new proof is there: the one that was asked about goes, and the officer hears it."""
    one = await share_proofs.of_member(context.tx, proof_id, context.member_id)
    if one is not None:
        await _let_go(context, one, "replaced", "proofs-replaced")


async def _let_go(context: Context, one: StoredProof, what: str, key: str) -> None:
    def write(say: Speech) -> Message:
        all_of_them = Button(say.plain("proofs-all"), action=f"proofs:{one.announcement_id}")
        return Message(say(key, number=str(one.announcement_id)), ((all_of_them,),))

    if one.question:
        await _tell_asker(context, one, what, write)
    await share_proofs.remove(context.tx, [one.id])


async def _found(context: Context, proof_id: int) -> StoredProof:
    one = await share_proofs.find(context.tx, proof_id)
    if one is None:
        raise UserError("proofs-gone")
    return one


async def _own(context: Context, proof_id: int) -> StoredProof:
    one = await share_proofs.of_member(context.tx, proof_id, context.member_id)
    if one is None:
        raise UserError("proof-gone")
    return one


async def _sharer(context: Context, one: StoredProof) -> Member:
    """Whoever handed it in.

    Raises:
        UserError: nobody can be asked any more.
    """
    number = await share_proofs.sharer_of(context.tx, one.id)
    member = await members.get(context.tx, number) if number else None
    if member is None or member.state is not MemberState.ACTIVE:
        raise UserError("proofs-nobody")
    return member


async def _tell_asker(
    context: Context, one: StoredProof, what: str, write: Callable[[Speech], Message]
) -> None:
    number = await share_proofs.asker_of(context.tx, one.id)
    officer = await members.get(context.tx, number) if number else None
    if officer and officer.state is MemberState.ACTIVE and officer.role.is_officer:
        await tell(context, officer, f"proof {one.id} {what}", write, about=context.current_member)


def _words(context: Context) -> str:
    words = " ".join(context.incoming.text.split())
    if not words or context.incoming.media or context.incoming.forwarded:
        raise UserError("proof-words-wanted", limit=_WORDS_LIMIT)
    return within(words, _WORDS_LIMIT)
