"""The buttons below a digest: weekly, daily, pause, stop.

Each answers with a new message, which keeps the digest readable and offers to undo.
"""

from datetime import timedelta

from handlers.conversation import Context, Routes
from handlers.messages import Answer, Rows
from handlers.preferences.pages import EVERY_DAY, ONCE_A_WEEK, OpenedFrom, Page, digest_words
from handlers.preferences.preferences import page_now, schedule
from handlers.views import privacy_notice
from storage.members import members
from storage.models import Purpose

routes = Routes()

REST = timedelta(days=7)


@routes.action("digest-weekly")
async def weekly(context: Context) -> Answer:
    """Switches the digest to weekly."""
    return await _resume_on(context, ONCE_A_WEEK)


@routes.action("digest-daily")
async def daily(context: Context) -> Answer:
    """Switches the digest to daily."""
    return await _resume_on(context, EVERY_DAY)


async def _resume_on(context: Context, days: int) -> Answer:
    """Sends the digest on these days, also if it was stopped or paused."""
    context.current_member.digest_days = days
    return await _resume(context)


@routes.action("digest-again")
async def want_again(context: Context) -> Answer:
    """Undoes a stop or a pause."""
    return await _resume(context)


async def _resume(context: Context) -> Answer:
    member = context.current_member
    member.digest_paused_until = None
    member.digest_days = member.digest_days or EVERY_DAY
    await members.agree(
        context.tx,
        member,
        Purpose.DIGEST,
        text_version=privacy_notice.VERSION,
        language=context.say.language,
    )
    await schedule(context)
    text = context.say("subscribing-comes", when=digest_words(context.say, member))
    return [context.reply(text, ((context.button("digest-when", "digest-when"),),))]


@routes.action("digest-snooze")
async def snooze(context: Context) -> Answer:
    """Pauses the digest for a week; the next one has the news of that time."""
    until = context.now + REST
    context.current_member.digest_paused_until = until
    return [
        context.reply(
            context.say("subscribing-paused", day=context.say.day(until)), _resume_row(context)
        )
    ]


@routes.action("digest-stop")
async def stop(context: Context) -> Answer:
    """Stops the digest; other settings stay."""
    await members.withdraw(context.tx, context.member_id, [Purpose.DIGEST])
    return [context.reply(context.say("subscribing-stopped"), _resume_row(context))]


@routes.action("digest-when")
async def choose(context: Context) -> Answer:
    """Opens the page of days and hour."""
    view = await page_now(context, Page.DIGEST, OpenedFrom.SETTINGS)
    return [context.reply(view.text, view.rows)]


def _resume_row(context: Context) -> Rows:
    return ((context.button("subscribing-again", "digest-again"),),)
