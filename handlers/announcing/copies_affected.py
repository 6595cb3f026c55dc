"""How many copies a correction or a recall affects.

On some messengers a sent message cannot be changed: there members get a new message instead, and
the officer reads how many.
"""

from handlers.conversation import Context
from handlers.messages import messenger_name
from handlers.views.delivery_counts import shown_copies
from handlers.views.small_counts import NOBODY, SOME, ShownCount, part
from storage.database import id_of
from storage.outbox import corrections, mailings


async def copies_out(context: Context, announcement_id: int) -> ShownCount:
    """How many copies members have or may have, as far as the number may be shown."""
    mailing = await mailings.of_announcement(context.tx, announcement_id)
    return (
        NOBODY
        if mailing is None
        else shown_copies(await mailings.counts(context.tx, id_of(mailing))).arrived
    )


async def unchangeable_copies(context: Context, announcement_id: int) -> dict[str, str | int]:
    """The messengers (`where`) and number (`count`) of copies that need a new message.

    Empty if every copy can be edited.
    """
    where = context.club.unchangeable
    count = await corrections.count_copies(context.tx, announcement_id, via=where) if where else 0
    if not count:
        return {}
    whole = await copies_out(context, announcement_id)
    return {
        "where": ", ".join(map(messenger_name, where)),
        "count": (SOME if whole.sign else part(count, whole.number)).counted(context.say),
    }
