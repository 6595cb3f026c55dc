"""How many copies a correction or a recall is about; and what the officer is told before it: in some
apps nothing that was sent can be changed, so members read it in a message of its own."""

from handlers.conversation.context import Context
from handlers.views.delivery_counts import shown_copies
from handlers.views.small_counts import NOBODY, SOME, ShownCount, part
from storage.database.ids import id_of
from storage.outbox import corrections, mailings


async def copies_out(context: Context, number: int) -> ShownCount:
    """Copies that members have or may have, as far as it may be told."""
    mailing = await mailings.of_announcement(context.tx, number)
    if mailing is None:
        return NOBODY
    return shown_copies(await mailings.counts(context.tx, id_of(mailing))).arrived


async def said_anew(context: Context, number: int) -> dict[str, str | int]:
    """In which apps (`where`) and to how many (`count`) of those who have this announcement.

    Empty when every copy can be changed.
    """
    where = context.club.unchangeable
    count = await corrections.count_copies(context.tx, number, via=where) if where else 0
    if not count:
        return {}
    whole = await copies_out(context, number)
    told = SOME if whole.sign else part(count, whole.number)
    return {"where": ", ".join(name.title() for name in where), "count": told.counted(context.say)}
