"""*I shared it* and *Not for me*; a member sees, changes or withdraws their share."""

from handlers.announcing.archive import find_named, readable
from handlers.conversation import Context, Html, Routes, UserError, found
from handlers.messages import Answer, Reply, Rows
from handlers.sharing import reminders
from handlers.sharing.closing import still_open
from handlers.sharing.proof import add_proof, review
from handlers.views.announcement_reference import named
from storage.announcements import share_proofs, shares
from storage.announcements.published import Published
from storage.announcements.references import Reference
from storage.announcements.share_proofs import StoredProof
from storage.models import ProofKind, ShareState

routes = Routes()

_PER_ROW = 5


@routes.action("shared")
async def confirm(context: Context) -> Answer:
    """Counts the share; a proof is optional. Pressed again, it shows the share."""
    known = await find_named(context)
    which = known.reference if known else await named(context)
    return await confirm_or_show(context, which, known)


async def confirm_or_show(
    context: Context, which: Reference, known: Published | None = None
) -> Answer:
    """Counts the share of this announcement, or shows it if it is counted.

    `known` is the announcement, if it was found already in this transaction.
    """
    content = await still_open(context, which, known)
    if not await shares.confirm(context.tx, which.id, context.member_id):
        return [await _own_share(context, which)]
    await reminders.stop(context, which.id)
    if content.proofs:
        await add_proof.expect(context, which.id)
    back = (context.button("share-take-back", "takeback", which.id),)
    key = "share-thanks" if content.proofs else "share-thanks-simply"
    add = (context.button("share-add-proof", "proof", which.id),)
    rows = (add, back) if content.proofs else (back,)
    thanks = context.wording(context.say(key, number=which.label), rows)
    return [Reply(thanks, toast=context.say.plain("share-thanks-toast"))]


@routes.action("myshare")
async def show_own_share(context: Context) -> Answer:
    """Shows the member's share with its proofs, and how to change it."""
    which = await named(context)
    await add_proof.stop_expecting(context, which.id)
    return [await _own_share(context, which)]


async def _own_share(context: Context, which: Reference) -> Reply:
    share = found(
        await shares.counted(context.tx, which.id, context.member_id), "proof-without-share"
    )
    proofs = await share_proofs.of_share(context.tx, share)
    head = context.say("share-mine", number=which.label, when=context.say.when(share.at))
    lines = [_line(context, place, proof) for place, proof in enumerate(proofs, start=1)]
    return context.edit(Html("\n".join([head, *lines])), _change_rows(context, which, proofs))


def _line(context: Context, place: int, proof: StoredProof) -> Html:
    shown = context.say("share-mine-picture") if proof.kind is ProofKind.PICTURE else proof.content
    return context.say("share-mine-line", place=str(place), proof=shown)


def _change_rows(context: Context, which: Reference, proofs: list[StoredProof]) -> Rows:
    drops = [
        context.button("share-mine-drop", "proof-off", proof.id, place=str(place))
        for place, proof in enumerate(proofs, start=1)
    ]
    rows = [tuple(drops[place : place + _PER_ROW]) for place in range(0, len(drops), _PER_ROW)]
    more = context.button("proof-more" if proofs else "share-add-proof", "proof", which.id)
    return (*rows, (more, context.button("share-take-back", "takeback", which.id)))


@routes.action("proof-off")
async def drop_one(context: Context) -> Answer:
    """Removes a proof; the share still counts."""
    which = await review.give_up(context, context.number())
    return [await _own_share(context, which)]


@routes.action("takeback")
async def take_back(context: Context) -> Answer:
    """Withdraws the share and deletes its proofs; it can be confirmed again."""
    which = await named(context)
    await add_proof.stop_expecting(context, which.id)
    if await shares.counted(context.tx, which.id, context.member_id):
        await shares.answer(context.tx, which.id, context.member_id, ShareState.TAKEN_BACK)
    again = ((context.button("shared-button", "shared", which.id),),)
    return [context.edit(context.say("share-taken-back", number=which.label), again)]


@routes.action("notforme")
async def not_for_me(context: Context) -> Answer:
    """Records *Not for me*: no reason is asked, nothing follows, no officer sees it."""
    which = await named(context)
    await readable(context, which, opens=False)
    share = await shares.counted(context.tx, which.id, context.member_id)
    if share is None:
        await _record_not_for_me(context, which)
        return [context.toast(context.say.plain("share-not-for-me"))]
    # The button is right below *Share*: a confirmation prevents deleting a share by mistake.
    proofs = await share_proofs.of_share(context.tx, share)
    text = context.say("share-not-for-me-ask", number=which.label, proofs=len(proofs))
    sure = context.button("share-not-for-me-sure", "notforme-sure", which.id)
    return [context.reply(text, ((context.button("share-keep", "keepshare", which.id),), (sure,)))]


@routes.action("notforme-sure")
async def withdraw_share(context: Context) -> Answer:
    """Deletes the share and its proofs after the confirmation."""
    which = await named(context)
    await readable(context, which, opens=False)
    await _require_share(context, which)
    await _record_not_for_me(context, which)
    return [context.edit(context.say("share-not-for-me-after-all", number=which.label))]


@routes.action("keepshare")
async def keep_share(context: Context) -> Answer:
    """The button was pressed by mistake: keeps the share."""
    which = await named(context)
    await _require_share(context, which)
    return [context.edit(context.say("share-kept", number=which.label))]


async def _require_share(context: Context, which: Reference) -> None:
    if await shares.counted(context.tx, which.id, context.member_id) is None:
        raise UserError("proof-without-share")


async def _record_not_for_me(context: Context, which: Reference) -> None:
    await add_proof.stop_expecting(context, which.id)
    await shares.answer(context.tx, which.id, context.member_id, ShareState.NOT_FOR_ME)
    await reminders.stop(context, which.id)
