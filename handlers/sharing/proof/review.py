"""Officers review share proofs without names and may ask about one; the member may answer.

An answer is optional: a share counts with or without proof.
"""

import base64
from collections.abc import Callable

from handlers.announcing import picker
from handlers.conversation import (
    Context,
    Html,
    Page,
    Routes,
    Speech,
    UserError,
    found,
    paged,
    require,
    within,
)
from handlers.messages import Answer, Button, Media, MediaKind, Message, Reply, Rows
from handlers.people.notify import notify_member
from handlers.recognition.plain_text import shortened
from handlers.views.announcement_reference import named
from storage import audit_log
from storage.announcements import published, share_proofs
from storage.announcements.references import Reference
from storage.announcements.share_proofs import StoredProof
from storage.members import members
from storage.models import AuditAction, Member, MemberState, ProofKind, Role

routes = Routes()

_ASK, _ANSWER = "proof.question", "proof.answer"
_WORDS_LIMIT = 500
_LABEL_CHARACTERS = 40


@routes.command("minhchung", "proofs", role=Role.OFFICER)
async def choose_announcement(context: Context) -> Answer:
    """The proofs of the announcement that is named; without a number, asks which."""
    return (
        await list_proofs(context)
        if context.args
        else await picker.offer(context, "proofs", context.say("proofs-which"))
    )


@paged(routes, "proofs", role=Role.OFFICER, position=1)
async def list_proofs(context: Context, page: Page) -> tuple[Html, Rows]:
    """The proofs of one announcement."""
    which = await named(context)
    if await published.find(context.tx, which.id) is None:
        raise UserError("proofs-unknown", number=which.label)
    fetched = await share_proofs.of_announcement(
        context.tx, which.id, offset=page.offset, limit=page.limit
    )
    if not fetched:
        return context.say("proofs-none", number=which.label), ()
    shown, others = page.split(fetched, which.id)
    rows = tuple(
        (Button(_line_label(context.say, proof), f"proof-see:{proof.id}"),) for proof in shown
    )
    return context.say("proofs-list", number=which.label), (*rows, *others)


def _line_label(say: Speech, proof: StoredProof) -> str:
    """The label of a proof in the list; marks whether a question was asked and answered."""
    mark = "proofs-mark-answered" if proof.answer else "proofs-mark-asked"
    return shortened(
        f"{_content_text(say, proof)}{say.plain(mark) if proof.question else ''}", _LABEL_CHARACTERS
    )


def _content_text(say: Speech, proof: StoredProof) -> str:
    if proof.kind is ProofKind.PICTURE:
        return say.plain("proofs-picture")
    if proof.kind is ProofKind.WORDS:
        return say.plain("proofs-words", words=proof.content)
    return proof.content.partition("://")[2]


@routes.action("proof-see", role=Role.OFFICER)
async def see(context: Context) -> Answer:
    """Shows one proof, without the member's name."""
    proof = await _require_proof(context, context.number())
    shown = (
        await share_proofs.picture(context.tx, proof.id)
        if proof.kind is ProofKind.PICTURE
        else None
    )
    media = None
    if shown:
        name = context.say.plain("proofs-file", id=str(proof.id))
        media = Media(MediaKind.PHOTO, name=name, content=base64.b64decode(shown))
    return [Reply(Message(_card(context.say, proof), _card_rows(context, proof), media))]


def _card(say: Speech, proof: StoredProof) -> Html:
    parts = [say("proofs-card", number=proof.announcement.label, what=_content_text(say, proof))]
    if proof.question:
        parts.append(say("proofs-card-question", question=proof.question))
        parts.append(
            say("proofs-card-answer", answer=proof.answer)
            if proof.answer
            else say("proofs-card-waits")
        )
    return Html("\n\n".join(parts))


def _card_rows(context: Context, proof: StoredProof) -> Rows:
    ask = context.button(
        "proofs-ask-again" if proof.question else "proofs-ask", "proof-doubt", proof.id
    )
    return ((ask,), (context.button("proofs-all", "proofs", proof.announcement.id),))


@routes.action("proof-doubt", role=Role.OFFICER)
async def doubt(context: Context) -> Answer:
    """Asks the officer for the question, which the member will read."""
    proof = await _require_proof(context, context.number())
    await context.set_state(_ASK, proof=proof.id)
    return [context.reply(context.say("proofs-why"), context.cancel_row())]


@routes.step(_ASK, role=Role.OFFICER)
async def asked(context: Context) -> Answer:
    """Sends the question to the member whose proof it is."""
    words = _words(context)
    await context.clear_state()
    try:
        proof = await _require_proof(context, int(context.data["proof"]))
        sharer = await _sharer(context, proof)
    except UserError as error:  # taken back or forgotten meanwhile: this step is over
        return [context.error_reply(error)]
    await share_proofs.ask(context.tx, proof.id, context.member_id, words)
    await audit_log.record(
        context.tx,
        context.current_member,
        AuditAction.PROOF_ASKED_ABOUT,
        announcement=proof.announcement.id,
    )

    def write(say: Speech) -> Message:
        number = proof.announcement.label
        return Message(
            say("proof-asked-about", number=number, what=_content_text(say, proof), question=words),
            _member_rows(say, proof.id),
        )

    await notify_member(
        context, sharer, f"proof {proof.id} asked", write, about=context.current_member
    )
    return [context.final(context.say("proofs-asked"))]


def _member_rows(say: Speech, proof_id: int) -> Rows:
    def button(key: str, action: str) -> Button:
        return Button(say.plain(key), action=f"{action}:{proof_id}")

    return (
        (button("proof-reply", "proof-reply"), button("proof-swap", "proof-replace")),
        (button("proof-drop", "proof-drop"),),
    )


@routes.action("proof-reply")
async def reply(context: Context) -> Answer:
    """Prompts the member to answer the officer's question about their proof."""
    proof = await _require_own_proof(context, context.number())
    require(proof.question, "proof-gone")
    await context.set_state(_ANSWER, proof=proof.id)
    return [context.reply(context.say("proof-reply-prompt"), context.cancel_row())]


@routes.step(_ANSWER)
async def replied(context: Context) -> Answer:
    """Sends the answer to the officer who asked, without the member's name."""
    words = _words(context)
    await context.clear_state()
    try:
        proof = await _require_own_proof(context, int(context.data["proof"]))
    except UserError as error:
        return [context.error_reply(error)]
    await share_proofs.answer(context.tx, proof.id, words)

    def write(say: Speech) -> Message:
        return Message(
            say("proofs-answered", number=proof.announcement.label, answer=words),
            ((Button(say.plain("proofs-see"), action=f"proof-see:{proof.id}"),),),
        )

    await _notify_asker(context, proof, "answered", write)
    return [context.reply(context.say("proof-reply-sent"))]


@routes.action("proof-drop")
async def drop(context: Context) -> Answer:
    """Removes the proof; the share still counts."""
    which = await give_up(context, context.number())
    return [context.final(context.say("proof-dropped", number=which.label))]


async def give_up(context: Context, proof_id: int) -> Reference:
    """Removes a proof of this member; returns its announcement.

    Raises:
        UserError: it is gone already.
    """
    proof = await _require_own_proof(context, proof_id)
    await _remove_proof(context, proof, "dropped", "proofs-dropped")
    return proof.announcement


async def replaced(context: Context, proof_id: int) -> None:
    """Removes the proof that a new one replaces, and notifies the officer who asked."""
    proof = await share_proofs.of_member(context.tx, proof_id, context.member_id)
    if proof is not None:
        await _remove_proof(context, proof, "replaced", "proofs-replaced")


async def _remove_proof(context: Context, proof: StoredProof, what: str, key: str) -> None:
    def write(say: Speech) -> Message:
        return Message(
            say(key, number=proof.announcement.label),
            ((Button(say.plain("proofs-all"), action=f"proofs:{proof.announcement.id}"),),),
        )

    if proof.question:
        await _notify_asker(context, proof, what, write)
    await share_proofs.remove(context.tx, [proof.id])


async def _require_proof(context: Context, proof_id: int) -> StoredProof:
    return found(await share_proofs.find(context.tx, proof_id), "proofs-gone")


async def _require_own_proof(context: Context, proof_id: int) -> StoredProof:
    return found(
        await share_proofs.of_member(context.tx, proof_id, context.member_id), "proof-gone"
    )


async def _sharer(context: Context, proof: StoredProof) -> Member:
    """The active member whose proof it is.

    Raises:
        UserError: they have left or are suspended.
    """
    number = await share_proofs.sharer_of(context.tx, proof.id)
    member = await members.get(context.tx, number) if number else None
    if member is None or member.state is not MemberState.ACTIVE:
        raise UserError("proofs-nobody")
    return member


async def _notify_asker(
    context: Context, proof: StoredProof, what: str, write: Callable[[Speech], Message]
) -> None:
    number = await share_proofs.asker_of(context.tx, proof.id)
    officer = await members.get(context.tx, number) if number else None
    if officer and officer.state is MemberState.ACTIVE and officer.role.is_officer:
        await notify_member(
            context, officer, f"proof {proof.id} {what}", write, about=context.current_member
        )


def _words(context: Context) -> str:
    words = " ".join(context.incoming.text.split())
    require(
        words and not context.incoming.media and not context.incoming.forwarded,
        "proof-words-wanted",
        limit=_WORDS_LIMIT,
    )
    return within(words, _WORDS_LIMIT)
