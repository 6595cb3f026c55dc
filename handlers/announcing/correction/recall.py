"""`/thuhoi`: takes an announcement back from everybody. One officer may, with a second press.

It needs no approval, since what has to be recalled does harm while it waits; every other officer is
told, and it is in the log.
"""

from handlers.announcing.copies_affected import copies_out, said_anew
from handlers.announcing.correction import picker
from handlers.conversation.context import Context
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Message
from handlers.notifications import in_every_language, tell_officers
from handlers.views.announcement import Content
from storage import audit_log
from storage.announcements import announcements
from storage.members import members
from storage.models import (
    Announcement,
    AnnouncementState,
    Lane,
    MailingKind,
    MailingState,
    Role,
)
from storage.outbox import enqueue, mailings

routes = Routes()


@routes.command("thuhoi", "recall", role=Role.OFFICER)
async def choose(turn: Context) -> Answer:
    """Recalls the announcement of this number; without a number, asks which."""
    if turn.args:
        return await ask(turn)
    return await picker.offer(turn, "recall", turn.say("recalling-which"))


@routes.action("recall", role=Role.OFFICER)
async def ask(turn: Context) -> Answer:
    """Says what will happen; nothing has happened yet."""
    number = turn.number()
    _, content = await picker.out(turn, number)
    copies = (await copies_out(turn, number)).counted(turn.say)
    text = turn.say("recalling-question", number=str(number), title=content.title, copies=copies)
    if anew := await said_anew(turn, number):
        text = Html(f"{text}\n\n{turn.say('recalling-anew', **anew)}")
    sure = turn.button("recalling-sure", "recall-sure", number)
    keep = turn.button("recalling-keep", "recall-not", number)
    return [turn.reply(text, ((keep, sure),))]


@routes.action("recall-not", role=Role.OFFICER)
async def keep(turn: Context) -> Answer:
    """It stays."""
    return [turn.instead(turn.say("recalling-kept", number=str(turn.number())))]


@routes.action("recall-sure", role=Role.OFFICER)
async def recall(turn: Context) -> Answer:
    """From now on nobody is sent, shown or offered it, and copies are taken away."""
    number = turn.number()
    announcement, content = await picker.out(turn, number)
    await _stop(turn, announcement)
    announcements.transition(announcement, AnnouncementState.RECALLED)
    await _take_back(turn, number)
    await audit_log.record(turn.tx, turn.who, "announcement recalled", announcement=number)
    await _tell_others(turn, number, content)
    return [turn.instead(turn.say("recalling-begun", number=str(number)))]


async def _stop(turn: Context, announcement: Announcement) -> None:
    """Nothing of it goes out any more, and nothing of it is being corrected or written."""
    number = announcements.number_of(announcement)
    if mailing := await mailings.of_announcement(turn.tx, number):
        await mailings.cancel(turn.tx, await mailings.hold(turn.tx, mailing))
    await mailings.cancel_corrections(turn.tx, number)
    for correction in await announcements.corrections_of(turn.tx, number):
        await announcements.discard(turn.tx, correction)
    await turn.tx.session.refresh(announcement)


async def _take_back(turn: Context, number: int) -> None:
    await enqueue.open_mailing(
        turn.tx,
        kind=MailingKind.RECALL,
        subject=str(number),
        announcement_id=number,
        lane=Lane.CORRECTION,
        bodies=in_every_language(turn.club, lambda say: instead_of_copy(number, say)),
        state=MailingState.FILLING,
        watcher_id=turn.member_id,
    )


def instead_of_copy(number: int, say: Speech) -> Message:
    """What stands for a copy that cannot be deleted, and what whoever passed it on gets to read."""
    return Message(say("recalled-copy", number=str(number)))


async def _tell_others(turn: Context, number: int, content: Content) -> None:
    def write(say: Speech) -> Message:
        return Message(say("recalling-told", number=str(number), title=content.title))

    others = await members.officers(turn.tx, but=turn.member_id)
    await tell_officers(turn.tx, turn.club, others, f"recalled {number}", write, about=None)
