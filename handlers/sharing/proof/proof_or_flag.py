"""A link or picture near a share: where it was shared, or something to be checked? One tap says which."""

from dataclasses import replace

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.flagging import known_or_new, pending
from handlers.flagging.post import FlaggedPost, unpack
from handlers.flagging.receive import UNSURE
from handlers.messages import Answer, Incoming
from handlers.sharing.proof import add_proof, evidence
from storage.announcements import share_proofs

routes = Routes()


@routes.action("proof-check")
async def was_to_be_checked(turn: Context) -> Answer:
    """What was taken for a proof is none: it is deleted there, and looked up as a post."""
    number = turn.number()
    is_here = turn.step in {add_proof.ASKED, add_proof.OPEN} and turn.data["announcement"] == number
    if not is_here or "post" not in turn.data:
        raise UserError("flag-stale")
    added = [
        await share_proofs.of_member(turn.tx, one, turn.member_id) for one in turn.data["added"]
    ]
    await share_proofs.remove(turn.tx, [one.id for one in added if one])
    await turn.done()
    return await known_or_new.start_flag(turn, unpack(turn.data["post"]))


@routes.action("proof-here")
async def is_where_it_was_shared(turn: Context) -> Answer:
    """What was taken for a post or a question is where the member shared an announcement."""
    post, number = _asked_about(turn), turn.number(1)
    share, content = await add_proof.share_to_prove(turn, number)
    if post.media:
        # The picture itself was not kept, so that nothing of a post stays that nobody sent in.
        await turn.go(add_proof.ASKED, announcement=number)
        cancel = turn.button("cancel", "cancel")
        return [turn.reply(turn.say("proof-picture-again"), ((cancel,),))]
    found = evidence.look_through(_as_sent(turn, post), content)
    handed = [*found.handed, *found.doubtful] or [evidence.in_words(" ".join(post.text.split()))]
    await turn.done()
    return await add_proof.hand_in(replace(turn, step="", data={}), share, handed)


def _asked_about(turn: Context) -> FlaggedPost:
    """What the pressed button's question was about.

    Raises:
        Sorry: it is settled, or something else has taken its place.
    """
    if turn.step != UNSURE:
        return pending.pressed(turn).post
    if turn.args[:1] != (turn.data.get("ticket"),):
        raise UserError("flag-stale")
    return unpack(turn.data["post"])


def _as_sent(turn: Context, post: FlaggedPost) -> Incoming:
    return replace(turn.incoming, press=None, text=post.text, links=post.links)
