"""Moves a message from share proofs to flags, or back, with one tap."""

from dataclasses import replace

from handlers.conversation import Context, Routes, require
from handlers.flagging import known_or_new, pending
from handlers.flagging.post import FlaggedPost, unpack
from handlers.flagging.receive import UNSURE
from handlers.messages import Answer
from handlers.sharing.proof import add_proof, evidence
from storage.announcements import references, share_proofs

routes = Routes()


@routes.action("proof-check")
async def move_to_flags(context: Context) -> Answer:
    """Not a proof: deletes it there and starts a flag with it."""
    is_here = (
        context.step in {add_proof.ASKED, add_proof.OPEN}
        and context.data["announcement"] == context.number()
    )
    require(is_here and "post" in context.data, "flag-stale")
    added = [
        await share_proofs.of_member(context.tx, one, context.member_id)
        for one in context.data["added"]
    ]
    await share_proofs.remove(context.tx, [one.id for one in added if one])
    await context.clear_state()
    return await known_or_new.start_flag(context, unpack(context.data["post"]))


@routes.action("proof-here")
async def move_to_proofs(context: Context) -> Answer:
    """Not a flag or question: adds it as a proof of a share."""
    post, which = _asked_about(context), await references.of(context.tx, context.number(1))
    share, content = await add_proof.share_to_prove(context, which)
    if post.media:
        # Pictures of posts that are not flagged are not stored, so it has to be sent again.
        await context.set_state(add_proof.ASKED, announcement=which.id)
        return [context.reply(context.say("proof-picture-again"), context.cancel_row())]
    extracted = evidence.extract_evidence(
        replace(context.incoming, press=None, text=post.text, links=post.links), content
    )
    proofs = [*extracted.handed, *extracted.doubtful] or [
        evidence.in_words(" ".join(post.text.split()))
    ]
    await context.clear_state()
    return await add_proof.hand_in(replace(context, step="", data={}), share, proofs)


def _asked_about(context: Context) -> FlaggedPost:
    """The post that the question of the pressed button is about.

    Raises:
        UserError: it was answered, or another post has replaced it.
    """
    if context.step != UNSURE:
        return pending.of_pressed_button(context).post
    require(context.args[:1] == (context.data.get("ticket"),), "flag-stale")
    return unpack(context.data["post"])
