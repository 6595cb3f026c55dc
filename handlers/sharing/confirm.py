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
async def confirm(turn: Context) -> Answer:
    """One tap is enough; a proof is an offer. Pressed again, it shows what was noted."""
    number = turn.number()
    content = await still_open(turn, number)
    if await shares.counted(turn.tx, number, turn.member_id):
        return [await _mine(turn, number)]
    await shares.answer(turn.tx, number, turn.member_id, ShareState.SHARED)
    if content.proofs:
        await add_proof.expect(turn, number)
    back = (turn.button("share-take-back", "takeback", number),)
    key = "share-thanks" if content.proofs else "share-thanks-simply"
    add = (turn.button("share-add-proof", "proof", number),)
    rows = (add, back) if content.proofs else (back,)
    thanks = turn.wording(turn.say(key, number=str(number)), rows)
    return [Reply(thanks, toast=turn.say.plain("share-thanks-toast"))]


@routes.action("myshare")
async def show_mine(turn: Context) -> Answer:
    """What is noted of the member's own share, and the ways to change it."""
    number = turn.number()
    await add_proof.leave(turn, number)
    return [await _mine(turn, number)]


async def _mine(turn: Context, number: int) -> Reply:
    share = await shares.counted(turn.tx, number, turn.member_id)
    if share is None:
        raise UserError("proof-without-share")
    kept = await share_proofs.of_share(turn.tx, share)
    head = turn.say("share-mine", number=str(number), when=turn.say.when(share.at))
    lines = [_line(turn, at, one) for at, one in enumerate(kept, start=1)]
    return turn.instead(Html("\n".join([head, *lines])), _ways(turn, number, kept))


def _line(turn: Context, place: int, one: StoredProof) -> Html:
    shown = turn.say("share-mine-picture") if one.kind is ProofKind.PICTURE else one.content
    return turn.say("share-mine-line", place=str(place), proof=shown)


def _ways(turn: Context, number: int, kept: list[StoredProof]) -> Rows:
    drops = [
        turn.button("share-mine-drop", "proof-off", one.id, place=str(place))
        for place, one in enumerate(kept, start=1)
    ]
    rows = [tuple(drops[at : at + _PER_ROW]) for at in range(0, len(drops), _PER_ROW)]
    more = turn.button("proof-more" if kept else "share-add-proof", "proof", number)
    return (*rows, (more, turn.button("share-take-back", "takeback", number)))


@routes.action("proof-off")
async def drop_one(turn: Context) -> Answer:
    """Without this proof; the share counts all the same."""
    number = await review.give_up(turn, turn.number())
    return [await _mine(turn, number)]


@routes.action("takeback")
async def take_back(turn: Context) -> Answer:
    """The share counts no more and its proofs are deleted; it can be counted again."""
    number = turn.number()
    await add_proof.leave(turn, number)
    if await shares.counted(turn.tx, number, turn.member_id):
        await shares.answer(turn.tx, number, turn.member_id, ShareState.TAKEN_BACK)
    again = ((turn.button("shared-button", "shared", number),),)
    return [turn.instead(turn.say("share-taken-back", number=str(number)), again)]


@routes.action("notforme")
async def not_for_me(turn: Context) -> Answer:
    """As good an answer as "shared": no reason, no follow-up, and no officer ever sees it."""
    number = turn.number()
    await readable(turn, number, opens=False)
    share = await shares.counted(turn.tx, number, turn.member_id)
    if share is None:
        await _pass_by(turn, number)
        return [turn.toast(turn.say.plain("share-not-for-me"))]
    # It stands right under *Share*: what a slip of the thumb would delete is asked about.
    kept = await share_proofs.of_share(turn.tx, share)
    text = turn.say("share-not-for-me-ask", number=str(number), proofs=len(kept))
    sure = turn.button("share-not-for-me-sure", "notforme-sure", number)
    keep = turn.button("share-keep", "keepshare", number)
    return [turn.reply(text, ((keep,), (sure,)))]


@routes.action("notforme-sure")
async def withdraw_and_pass_by(turn: Context) -> Answer:
    """The share and its proofs go, as the member was told."""
    number = turn.number()
    await readable(turn, number, opens=False)
    await _must_count(turn, number)
    await _pass_by(turn, number)
    return [turn.instead(turn.say("share-not-for-me-after-all", number=str(number)))]


@routes.action("keepshare")
async def keep(turn: Context) -> Answer:
    """It was a slip: everything stays as it was."""
    number = turn.number()
    await _must_count(turn, number)
    return [turn.instead(turn.say("share-kept", number=str(number)))]


async def _must_count(turn: Context, number: int) -> None:
    if await shares.counted(turn.tx, number, turn.member_id) is None:
        raise UserError("proof-without-share")


async def _pass_by(turn: Context, number: int) -> None:
    await add_proof.leave(turn, number)
    await shares.answer(turn.tx, number, turn.member_id, ShareState.NOT_FOR_ME)
    await reminders.drop(turn.tx, number, turn.member_id)
