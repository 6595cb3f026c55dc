"""*I shared it* and *Not for me*; looking at one's share, changing it, taking it back."""

from handlers.announcing.archive import readable
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Reply, Rows
from handlers.sharing.closing import still_open
from handlers.sharing.proof import add_proof, review
from storage.announcements import reminders, share_proofs, shares
from storage.announcements.share_proofs import StoredProof
from storage.models import ProofKind, ShareState

routes = Routes()

_PER_ROW = 5


@routes.action("shared")
async def confirm(context: Context) -> Answer:
    """One tap is enough; a proof is an offer. Pressed again, it shows what was noted."""
    number = context.number()
    content = await still_open(context, number)
    if await shares.counted(context.tx, number, context.member_id):
        return [await _mine(context, number)]
    await shares.answer(context.tx, number, context.member_id, ShareState.SHARED)
    if content.proofs:
        await add_proof.expect(context, number)
    back = (context.button("share-take-back", "takeback", number),)
    key = "share-thanks" if content.proofs else "share-thanks-simply"
    add = (context.button("share-add-proof", "proof", number),)
    rows = (add, back) if content.proofs else (back,)
    thanks = context.wording(context.say(key, number=str(number)), rows)
    return [Reply(thanks, toast=context.say.plain("share-thanks-toast"))]


@routes.action("myshare")
async def show_mine(context: Context) -> Answer:
    """What is noted of the member's own share, and the ways to change it."""
    number = context.number()
    await add_proof.leave(context, number)
    return [await _mine(context, number)]


async def _mine(context: Context, number: int) -> Reply:
    share = await shares.counted(context.tx, number, context.member_id)
    if share is None:
        raise UserError("proof-without-share")
    kept = await share_proofs.of_share(context.tx, share)
    head = context.say("share-mine", number=str(number), when=context.say.when(share.at))
    lines = [_line(context, at, one) for at, one in enumerate(kept, start=1)]
    return context.edit(Html("\n".join([head, *lines])), _ways(context, number, kept))


def _line(context: Context, place: int, one: StoredProof) -> Html:
    shown = context.say("share-mine-picture") if one.kind is ProofKind.PICTURE else one.content
    return context.say("share-mine-line", place=str(place), proof=shown)


def _ways(context: Context, number: int, kept: list[StoredProof]) -> Rows:
    drops = [
        context.button("share-mine-drop", "proof-off", one.id, place=str(place))
        for place, one in enumerate(kept, start=1)
    ]
    rows = [tuple(drops[at : at + _PER_ROW]) for at in range(0, len(drops), _PER_ROW)]
    more = context.button("proof-more" if kept else "share-add-proof", "proof", number)
    return (*rows, (more, context.button("share-take-back", "takeback", number)))


@routes.action("proof-off")
async def drop_one(context: Context) -> Answer:
    """Without this proof; the share counts all the same."""
    number = await review.give_up(context, context.number())
    return [await _mine(context, number)]


@routes.action("takeback")
async def take_back(context: Context) -> Answer:
    """The share counts no more and its proofs are deleted; it can be counted again."""
    number = context.number()
    await add_proof.leave(context, number)
    if await shares.counted(context.tx, number, context.member_id):
        await shares.answer(context.tx, number, context.member_id, ShareState.TAKEN_BACK)
    again = ((context.button("shared-button", "shared", number),),)
    return [context.edit(context.say("share-taken-back", number=str(number)), again)]


@routes.action("notforme")
async def not_for_me(context: Context) -> Answer:
    """As good an answer as "shared": no reason, no follow-up, and no officer ever sees it."""
    number = context.number()
    await readable(context, number, opens=False)
    share = await shares.counted(context.tx, number, context.member_id)
    if share is None:
        await _pass_by(context, number)
        return [context.toast(context.say.plain("share-not-for-me"))]
    # It stands right under *Share*: what a slip of the thumb would delete is asked about.
    kept = await share_proofs.of_share(context.tx, share)
    text = context.say("share-not-for-me-ask", number=str(number), proofs=len(kept))
    sure = context.button("share-not-for-me-sure", "notforme-sure", number)
    keep = context.button("share-keep", "keepshare", number)
    return [context.reply(text, ((keep,), (sure,)))]


@routes.action("notforme-sure")
async def withdraw_and_pass_by(context: Context) -> Answer:
    """The share and its proofs go, as the member was told."""
    number = context.number()
    await readable(context, number, opens=False)
    await _must_count(context, number)
    await _pass_by(context, number)
    return [context.edit(context.say("share-not-for-me-after-all", number=str(number)))]


@routes.action("keepshare")
async def keep(context: Context) -> Answer:
    """It was a slip: everything stays as it was."""
    number = context.number()
    await _must_count(context, number)
    return [context.edit(context.say("share-kept", number=str(number)))]


async def _must_count(context: Context, number: int) -> None:
    if await shares.counted(context.tx, number, context.member_id) is None:
        raise UserError("proof-without-share")


async def _pass_by(context: Context, number: int) -> None:
    await add_proof.leave(context, number)
    await shares.answer(context.tx, number, context.member_id, ShareState.NOT_FOR_ME)
    await reminders.discard(context.tx, number, context.member_id)
