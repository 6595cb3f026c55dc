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
async def weekly(turn: Context) -> Answer:
    """Once a week from now on."""
    return await _have_on(turn, ONCE_A_WEEK)


@routes.action("digest-daily")
async def daily(turn: Context) -> Answer:
    """Every day from now on."""
    return await _have_on(turn, EVERY_DAY)


async def _have_on(turn: Context, days: int) -> Answer:
    """On these days; who had stopped or paused it meanwhile wants it again."""
    turn.who.digest_days = days
    return await _want_again(turn)


@routes.action("digest-again")
async def want_again(turn: Context) -> Answer:
    """Undoes a stop or a pause."""
    return await _want_again(turn)


async def _want_again(turn: Context) -> Answer:
    member = turn.who
    member.digest_paused_until = None
    member.digest_days = member.digest_days or EVERY_DAY
    await members.agree(
        turn.tx,
        member,
        Purpose.DIGEST,
        text_version=privacy_notice.VERSION,
        language=turn.say.language,
    )
    await schedule(turn)
    text = turn.say("subscribing-comes", when=digest_words(turn.say, member))
    return [turn.reply(text, ((turn.button("digest-when", "digest-when"),),))]


@routes.action("digest-snooze")
async def snooze(turn: Context) -> Answer:
    """None for a week; what was new meanwhile comes with the next."""
    until = turn.now + REST
    turn.who.digest_paused_until = until
    return [turn.reply(turn.say("subscribing-paused", day=turn.say.day(until)), _back(turn))]


@routes.action("digest-stop")
async def stop(turn: Context) -> Answer:
    """No digest any more, and nothing else changes."""
    await members.withdraw(turn.tx, turn.member_id, [Purpose.DIGEST])
    return [turn.reply(turn.say("subscribing-stopped"), _back(turn))]


@routes.action("digest-when")
async def choose(turn: Context) -> Answer:
    """Days and hour of their own."""
    shown = await page_now(turn, Page.DIGEST, Way.SETTINGS)
    return [turn.reply(shown.text, shown.rows)]


def _back(turn: Context) -> Rows:
    return ((turn.button("subscribing-again", "digest-again"),),)
