"""A member writes that they shared (*đã chia sẻ*): asks about the announcement they mean."""

import re

from handlers.announcing.archive import current
from handlers.conversation import Context, Routes, UserError
from handlers.conversation.small_talk import SAID_SHARED
from handlers.messages import Answer
from handlers.recognition.plain_text import shortened
from handlers.sharing.closing import still_open
from handlers.sharing.confirm import confirm_or_show
from storage import questions
from storage.announcements import references, shares
from storage.announcements.references import Reference

routes = Routes()

_TITLE_CHARACTERS = 80


@routes.command("dachiase", "shared", in_menu=False, phrases=SAID_SHARED)
async def ask_which(context: Context) -> Answer:
    """Asks whether it is the announcement that was named or replied to, else the newest one."""
    which = await _meant(context)
    if which is None:
        return [context.reply(context.say("reading-none"))]
    if await shares.counted(context.tx, which.id, context.member_id):
        return await confirm_or_show(context, which)
    content = (await still_open(context, which)).in_language(context.say.language)
    title = shortened(content.title, _TITLE_CHARACTERS)
    rows = (
        (context.button("shared-button", "shared", which.id),),
        (context.button("share-said-other", "/announcements"),),
    )
    return [context.reply(context.say("share-said", number=which.label, title=title), rows)]


async def _meant(context: Context) -> Reference | None:
    """The announcement by its number, or whose copy the message replies to; else the newest one."""
    words = context.incoming.text
    if number := re.search(r"\b\d{1,9}\b", words):
        named = await references.with_number(context.tx, int(number[0]))
        if named is None:
            raise UserError("reading-unknown")
        return named
    if reply_to := context.incoming.reply_to:
        mailing = await questions.mailing_answered(context.tx, context.member_id, reply_to)
        if mailing and mailing.announcement_id:
            return await references.of(context.tx, mailing.announcement_id)
    lines = await current(context)
    return lines[0][0] if lines else None
