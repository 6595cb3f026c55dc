"""*I shared it* and *Not for me*; a member sees, changes or withdraws their share."""

from handlers.announcing.archive import readable
from handlers.conversation import Context, Html, Routes, UserError, found
from handlers.messages import Answer, Reply, Rows
from handlers.sharing import reminders
from handlers.sharing.closing import still_open
from handlers.sharing.proof import add_proof, review
from storage.announcements import share_proofs, shares
from storage.announcements.share_proofs import StoredProof
from storage.models import ProofKind, ShareState

routes = Routes()

_PER_ROW = 5


@routes.action("shared")
async def confirm(context: Context) -> Answer:
    """Counts the share; a proof is optional. Pressed again, it shows the share."""
    number = context.number()
    content = await still_open(context, number)
    if await shares.counted(context.tx, number, context.member_id):
        return [await _own_share(context, number)]
    await shares.answer(context.tx, number, context.member_id, ShareState.SHARED)
    await reminders.stop(context, number)
    if content.proofs:
        await add_proof.expect(context, number)
    back = (context.button("share-take-back", "takeback", number),)
    key = "share-thanks" if content.proofs else "share-thanks-simply"
    add = (context.button("share-add-proof", "proof", number),)
    rows = (add, back) if content.proofs else (back,)
    thanks = context.wording(context.say(key, number=str(number)), rows)
    return [Reply(thanks, toast=context.say.plain("share-thanks-toast"))]


@routes.action("myshare")
async def show_own_share(context: Context) -> Answer:
    """Shows the member's share with its proofs, and how to change it."""
    number = context.number()
    await add_proof.stop_expecting(context, number)
    return [await _own_share(context, number)]


async def _own_share(context: Context, number: int) -> Reply:
    share = found(
        await shares.counted(context.tx, number, context.member_id), "proof-without-share"
    )
    proofs = await share_proofs.of_share(context.tx, share)
    head = context.say("share-mine", number=str(number), when=context.say.when(share.at))
    lines = [_line(context, place, proof) for place, proof in enumerate(proofs, start=1)]
    return context.edit(Html("\n".join([head, *lines])), _change_rows(context, number, proofs))


def _line(context: Context, place: int, proof: StoredProof) -> Html:
    shown = context.say("share-mine-picture") if proof.kind is ProofKind.PICTURE else proof.content
    return context.say("share-mine-line", place=str(place), proof=shown)


def _change_rows(context: Context, number: int, proofs: list[StoredProof]) -> Rows:
    drops = [
        context.button("share-mine-drop", "proof-off", proof.id, place=str(place))
        for place, proof in enumerate(proofs, start=1)
    ]
    rows = [tuple(drops[place : place + _PER_ROW]) for place in range(0, len(drops), _PER_ROW)]
    more = context.button("proof-more" if proofs else "share-add-proof", "proof", number)
    return (*rows, (more, context.button("share-take-back", "takeback", number)))


@routes.action("proof-off")
async def drop_one(context: Context) -> Answer:
    """Removes a proof; the share still counts."""
    return [await _own_share(context, await review.give_up(context, context.number()))]


@routes.action("takeback")
async def take_back(context: Context) -> Answer:
    """Withdraws the share and deletes its proofs; it can be confirmed again."""
    number = context.number()
    await add_proof.stop_expecting(context, number)
    if await shares.counted(context.tx, number, context.member_id):
        await shares.answer(context.tx, number, context.member_id, ShareState.TAKEN_BACK)
    again = ((context.button("shared-button", "shared", number),),)
    return [context.edit(context.say("share-taken-back", number=str(number)), again)]


@routes.action("notforme")
async def not_for_me(context: Context) -> Answer:
    """Records *Not for me*: no reason is asked, nothing follows, no officer sees it."""
    number = context.number()
    await readable(context, number, opens=False)
    share = await shares.counted(context.tx, number, context.member_id)
    if share is None:
        await _record_not_for_me(context, number)
        return [context.toast(context.say.plain("share-not-for-me"))]
    # The button is right below *Share*: a confirmation prevents deleting a share by mistake.
    proofs = await share_proofs.of_share(context.tx, share)
    text = context.say("share-not-for-me-ask", number=str(number), proofs=len(proofs))
    sure = context.button("share-not-for-me-sure", "notforme-sure", number)
    return [context.reply(text, ((context.button("share-keep", "keepshare", number),), (sure,)))]


@routes.action("notforme-sure")
async def withdraw_share(context: Context) -> Answer:
    """Deletes the share and its proofs after the confirmation."""
    number = context.number()
    await readable(context, number, opens=False)
    await _require_share(context, number)
    await _record_not_for_me(context, number)
    return [context.edit(context.say("share-not-for-me-after-all", number=str(number)))]


@routes.action("keepshare")
async def keep_share(context: Context) -> Answer:
    """The button was pressed by mistake: keeps the share."""
    number = context.number()
    await _require_share(context, number)
    return [context.edit(context.say("share-kept", number=str(number)))]


async def _require_share(context: Context, number: int) -> None:
    if await shares.counted(context.tx, number, context.member_id) is None:
        raise UserError("proof-without-share")


async def _record_not_for_me(context: Context, number: int) -> None:
    await add_proof.stop_expecting(context, number)
    await shares.answer(context.tx, number, context.member_id, ShareState.NOT_FOR_ME)
    await reminders.stop(context, number)
