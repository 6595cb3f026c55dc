"""What a member can say to a digest, from the digest itself: weekly, daily, a rest, no more.

Each answers below it, so that the digest stays to be read, and with the way back.
"""

from datetime import timedelta

from handlers.conversation.context import Context
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Rows
from handlers.preferences.pages import EVERY_DAY, ONCE_A_WEEK, Page, Way, digest_words
from handlers.preferences.preferences import page_now, schedule
from handlers.views import privacy_notice
from storage.members import members
from storage.models import Purpose

routes = Routes()

REST = timedelta(days=7)


@routes.action("digest-weekly")
async def weekly(context: Context) -> Answer:
    """Once a week from now on."""
    return await _have_on(context, ONCE_A_WEEK)


@routes.action("digest-daily")
async def daily(context: Context) -> Answer:
    """Every day from now on."""
    return await _have_on(context, EVERY_DAY)


async def _have_on(context: Context, days: int) -> Answer:
    """On these days; who had stopped or paused it meanwhile wants it again."""
    context.current_member.digest_days = days
    return await _want_again(context)


@routes.action("digest-again")
async def want_again(context: Context) -> Answer:
    """Undoes a stop or a pause."""
    return await _want_again(context)


async def _want_again(context: Context) -> Answer:
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
    """None for a week; what was new meanwhile comes with the next."""
    until = context.now + REST
    context.current_member.digest_paused_until = until
    return [
        context.reply(context.say("subscribing-paused", day=context.say.day(until)), _back(context))
    ]


@routes.action("digest-stop")
async def stop(context: Context) -> Answer:
    """No digest any more, and nothing else changes."""
    await members.withdraw(context.tx, context.member_id, [Purpose.DIGEST])
    return [context.reply(context.say("subscribing-stopped"), _back(context))]


@routes.action("digest-when")
async def choose(context: Context) -> Answer:
    """Days and hour of their own."""
    shown = await page_now(context, Page.DIGEST, Way.SETTINGS)
    return [context.reply(shown.text, shown.rows)]


def _back(context: Context) -> Rows:
    return ((context.button("subscribing-again", "digest-again"),),)
