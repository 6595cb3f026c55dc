"""Mailings after a meeting: that its papers are there, and three questions about it."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from handlers.conversation import ClubSettings, Speech
from handlers.meetings.content import unpack
from handlers.messages import Button, Message, lasting
from handlers.notifications import in_every_language
from storage.database import Tx, id_of
from storage.meetings import invited, rsvps
from storage.models import Lane, MailingKind, Meeting, MeetingPapers, Purpose
from storage.outbox import enqueue

_USEFUL_FOR = timedelta(days=7)
"""How long a copy that could not be sent is still of use."""


async def tell_of_papers(
    tx: Tx, club: ClubSettings, meeting: Meeting, papers: MeetingPapers
) -> None:
    """Tells everybody who was invited, or everybody with a seat, that the papers are there.

    Those with a seat who did not come are told, too: the recipients must not say who came.
    """

    def write(say: Speech) -> Message:
        content = unpack(meeting.content).in_language(say.language)
        key = "papers-are-there-all" if papers.for_all else "papers-are-there"
        button = Button(say.plain("papers-open"), action=f"papers:{id_of(papers)}")
        return lasting(Message(say(key, title=content.title), ((button,),)))

    number = id_of(meeting)
    to = await (invited.ids(tx, meeting) if papers.for_all else rsvps.seated(tx, number))
    await _mail(tx, club, f"{number} papers {papers.version}", to, write)


async def ask_for_feedback(tx: Tx, club: ClubSettings, meeting: Meeting) -> None:
    """Asks everybody with a seat for feedback, which nobody has to give."""

    def write(say: Speech) -> Message:
        content = unpack(meeting.content).in_language(say.language)
        button = Button(say.plain("feedback-give"), action=f"feedback:{meeting.id}")
        return lasting(Message(say("feedback-asked", title=content.title), ((button,),)))

    number = id_of(meeting)
    await _mail(tx, club, f"{number} feedback", await rsvps.seated(tx, number), write)


async def _mail(
    tx: Tx,
    club: ClubSettings,
    subject: str,
    members: Iterable[int],
    write: Callable[[Speech], Message],
) -> None:
    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.MEETING,
        subject=subject,
        lane=Lane.NOTICE,
        bodies=in_every_language(club, write),
        purpose=Purpose.MEETINGS,
        valid_until=tx.clock.now() + _USEFUL_FOR,
    )
    if mailing is not None:
        await enqueue.add_recipients(tx, mailing, members)
