"""The buttons of the copy: *Share*, *I shared it*, *Not for me*; and taking a share back."""

from handlers.messages import Answer, Reply
from handlers.reading import is_over, readable
from handlers.routes import Routes
from handlers.sharing import proving
from handlers.sharing.kit import kit
from handlers.turn import Sorry, Turn
from storage import reminders, shares
from storage.models import ShareState

routes = Routes()


@routes.action("share")
async def offer_kit(turn: Turn) -> Answer:
    """The share kit, under the copy."""
    number = turn.number()
    content = await readable(turn, number)
    if is_over(content, turn.now):
        raise Sorry("share-over", number=str(number))
    return [Reply(kit(content, number, turn.say, turn.club))]


@routes.action("shared")
async def confirm(turn: Turn) -> Answer:
    """One tap is enough; a proof is an offer. Holds after *valid until*, for a share made before."""
    number = turn.number()
    await readable(turn, number)
    await shares.answer(turn.tx, number, turn.member_id, ShareState.SHARED)
    rows = (
        (turn.button("share-add-proof", "proof", number),),
        (turn.button("share-take-back", "takeback", number),),
    )
    thanks = turn.wording(turn.say("share-thanks", number=str(number)), rows)
    return [Reply(thanks, toast=turn.say.plain("share-thanks-toast"))]


@routes.action("takeback")
async def take_back(turn: Turn) -> Answer:
    """The share counts no more and its proofs are deleted; it can be counted again."""
    number = turn.number()
    await proving.leave(turn, number)
    if await shares.counted(turn.tx, number, turn.member_id):
        await shares.answer(turn.tx, number, turn.member_id, ShareState.TAKEN_BACK)
    again = ((turn.button("shared-button", "shared", number),),)
    return [turn.instead(turn.say("share-taken-back", number=str(number)), again)]


@routes.action("notforme")
async def not_for_me(turn: Turn) -> Answer:
    """As good an answer as "shared": no reason, no follow-up, and no officer ever sees it."""
    number = turn.number()
    await readable(turn, number)
    await proving.leave(turn, number)
    undone = await shares.counted(turn.tx, number, turn.member_id)
    await shares.answer(turn.tx, number, turn.member_id, ShareState.NOT_FOR_ME)
    await reminders.drop(turn.tx, number, turn.member_id)
    if undone:
        return [turn.toast(turn.say.plain("share-not-for-me-after-all"), alert=True)]
    return [turn.toast(turn.say.plain("share-not-for-me"))]
