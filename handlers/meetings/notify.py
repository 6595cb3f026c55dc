"""Mailings about a meeting: invitations, changes, calling off, offered seats and reminders.

Their words are public; only an offered seat is a notice to one member. Refusal:
no-sending-without-consent: every mailing has the purpose *meetings*.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from handlers.conversation import ClubSettings, Html, Speech
from handlers.meetings.calendar_entry import document, entry_of
from handlers.meetings.card import moved_lines
from handlers.meetings.content import Content, unpack
from handlers.meetings.invitation import answer_rows, invitation, summary
from handlers.messages import Button, Message, lasting
from handlers.notifications import in_every_language
from storage.database import Tx, id_of
from storage.meetings import invited, rsvps
from storage.models import Lane, MailingKind, MailingState, Meeting, Purpose, RsvpAnswer
from storage.outbox import enqueue


async def published(tx: Tx, club: ClubSettings, meeting: Meeting, before: Content | None) -> None:
    """Invites after the first approval; after a change tells those who come or may come.

    `before` is the content that members knew until now.
    """
    if before is None:
        await _invite(tx, club, meeting)
    else:
        await _reword_invitation(tx, club, meeting)
        await _tell_change(tx, club, meeting, before)


async def _invite(tx: Tx, club: ClubSettings, meeting: Meeting) -> None:
    content = unpack(meeting.content)
    await enqueue.open_mailing(
        tx,
        kind=MailingKind.MEETING,
        subject=invited.subject(meeting),
        lane=Lane.ANNOUNCEMENT,
        bodies=_invitations(club, meeting),
        state=MailingState.FILLING,
        purpose=Purpose.MEETINGS,
        areas=content.areas,
        valid_until=content.answers_until,
    )


def _invitations(club: ClubSettings, meeting: Meeting) -> dict[str, object]:
    content = unpack(meeting.content)
    return in_every_language(club, lambda say: invitation(say, content, id_of(meeting)))


async def _reword_invitation(tx: Tx, club: ClubSettings, meeting: Meeting) -> None:
    """Gives copies that have not left yet the new words."""
    content = unpack(meeting.content)
    await invited.reword(
        tx, meeting, _invitations(club, meeting), valid_until=content.answers_until
    )


async def _tell_change(tx: Tx, club: ClubSettings, meeting: Meeting, before: Content) -> None:
    after = unpack(meeting.content)

    def write(say: Speech) -> Message:
        lines = moved_lines(say, before.in_language(say.language), after.in_language(say.language))
        key = "meeting-moved" if lines else "meeting-changed"
        text = say(key, meeting=summary(say, after), changes=Html("\n".join(lines)))
        rows = answer_rows(say, after, id_of(meeting))
        media = document(entry_of(meeting, say, club), say)
        return lasting(Message(text, rows, media, point=after.point if lines else None))

    members = await rsvps.ids(tx, id_of(meeting), rsvps.COMING)
    await _mail(tx, club, meeting, f"change {meeting.version}", members, write=write)


async def called_off(tx: Tx, club: ClubSettings, meeting: Meeting, reason: str) -> None:
    """Tells everybody who was invited; whoever said yes gets the cancellation for their calendar."""
    coming = await rsvps.ids(tx, id_of(meeting), (RsvpAnswer.YES,))
    content = unpack(meeting.content)

    def write(say: Speech) -> Message:
        meeting_words = summary(say, content)
        return lasting(Message(say("meeting-called-off", meeting=meeting_words, reason=reason)))

    def with_entry(say: Speech) -> Message:
        message = write(say)
        media = document(entry_of(meeting, say, club), say)
        return lasting(Message(message.text, message.rows, media))

    await invited.stop(tx, meeting)
    await _mail(tx, club, meeting, "off", coming, write=with_entry)
    undecided = await rsvps.ids(tx, id_of(meeting), (RsvpAnswer.MAYBE, RsvpAnswer.NONE))
    others = {*await invited.ids(tx, meeting), *undecided} - {*coming}
    await _mail(tx, club, meeting, "off others", sorted(others), write=write)


async def offer_seat(tx: Tx, club: ClubSettings, meeting: Meeting, member_id: int) -> None:
    """Tells one member on the waiting list that a seat is kept for them."""
    content = unpack(meeting.content)
    rsvp = await rsvps.find(tx, id_of(meeting), member_id)
    until = rsvp.offered_until if rsvp else None

    def write(say: Speech) -> Message:
        when = say.moment(until or tx.clock.now())
        take = Button(say.plain("meeting-take-seat"), action=f"meeting-seat:{meeting.id}")
        leave = Button(say.plain("meeting-leave-seat"), action=f"meeting-no:{meeting.id}")
        return lasting(
            Message(
                say("meeting-seat-offered", meeting=summary(say, content), when=when),
                ((take, leave),),
            )
        )

    subject = f"seat {tx.ids.number()}"
    await _mail(tx, club, meeting, subject, [member_id], write=write, valid_until=until)


async def remind(tx: Tx, club: ClubSettings, meeting: Meeting, which: int) -> None:
    """Reminds those with a seat who want it; `which` is 1 for the day before, 2 for two hours."""
    content = unpack(meeting.content)

    def write(say: Speech) -> Message:
        rows = (
            (Button(say.plain("meeting-show-ticket"), action=f"ticket:{meeting.id}"),),
            (Button(say.plain("meeting-cannot-come"), action=f"meeting-no:{meeting.id}"),),
            (Button(say.plain("meeting-no-reminders"), action=f"meeting-quiet:{meeting.id}"),),
        )
        key = "meeting-reminder-day" if which == 1 else "meeting-reminder-hours"
        return lasting(Message(say(key, meeting=summary(say, content)), rows, point=content.point))

    members = await rsvps.reminded(tx, id_of(meeting))
    what = f"reminder {meeting.asked_version} {which}"
    await _mail(tx, club, meeting, what, members, write=write, valid_until=meeting.begins_at)


async def _mail(
    tx: Tx,
    club: ClubSettings,
    meeting: Meeting,
    what: str,
    members: Iterable[int],
    *,
    write: Callable[[Speech], Message],
    valid_until: datetime | None = None,
) -> None:
    """Queues one message to these members; the same `what` twice queues one.

    It is not sent after `valid_until`, by default the end of the meeting.
    """
    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.MEETING,
        subject=f"{meeting.id} {what}",
        lane=Lane.NOTICE,
        bodies=in_every_language(club, write),
        purpose=Purpose.MEETINGS,
        valid_until=valid_until or meeting.ends_at,
    )
    if mailing is not None:
        await enqueue.add_recipients(tx, mailing, members)
