"""Documents and minutes: one officer sends them, another approves exactly them."""

from handlers.conversation import Context, Html, Routes, Speech, found, require, within
from handlers.meetings.after.mailing import tell_of_papers
from handlers.meetings.content import unpack
from handlers.messages import Answer, Button, Media, MediaKind, Message, Reply, Rows
from handlers.notifications import notify_officers, pack
from handlers.notifications import unpack as unpack_message
from storage import audit_log
from storage.database import id_of
from storage.meetings import meetings, papers
from storage.members import members
from storage.models import AuditAction, Meeting, MeetingPapers, MeetingState, PapersState, Role

routes = Routes()

TEXT_MOST, CAPTION_MOST = 3000, 800
"""Characters of minutes, and of the words with a file."""
_STEP = "meeting.papers"
_FOR_ALL = "all"
_FILES = (MediaKind.DOCUMENT, MediaKind.PHOTO)


@routes.action("papers-write", role=Role.OFFICER)
async def ask(context: Context) -> Answer:
    """Asks for the minutes, or for a file with a few words."""
    meeting = await _over(context, context.number())
    await context.set_state(_STEP, meeting=id_of(meeting), tries=0)
    text = context.say("papers-prompt", most=TEXT_MOST, caption=CAPTION_MOST)
    return [context.reply(text, context.cancel_row())]


@routes.step(_STEP, role=Role.OFFICER)
async def take(context: Context) -> Answer:
    """Shows the papers exactly as members read them; what is sent after them replaces them."""
    meeting = await _over(context, context.data["meeting"])
    message = _read(context)
    tries = context.data["tries"] + 1
    await context.set_state(_STEP, meeting=id_of(meeting), tries=tries, content=pack(message))
    submit_row = tuple(
        context.button(f"papers-for-{whom}", "papers-submit", id_of(meeting), tries, whom)
        for whom in ("came", _FOR_ALL)
    )
    preview = Reply(as_read(context.say, meeting, message))
    return [preview, context.reply(context.say("papers-whom"), (submit_row, *context.cancel_row()))]


def _read(context: Context) -> Message:
    """The words and the file of the officer's message.

    Raises:
        UserError: there is nothing to send, or it is too long.
    """
    incoming = context.incoming
    media = incoming.media if incoming.media and incoming.media.kind in _FILES else None
    require(media or not incoming.media, "papers-wanted")
    require((incoming.text.strip() or media) and not incoming.unsupported, "papers-wanted")
    within(incoming.text, CAPTION_MOST if media else TEXT_MOST)
    return Message(Html(incoming.html or ""), media=_stored(media) if media else None)


def _stored(media: Media) -> Media:
    """The file by its id, without its bytes."""
    return Media(media.kind, file=media.file, name=media.name, size=media.size)


@routes.action("papers-submit", role=Role.OFFICER)
async def submit(context: Context) -> Answer:
    """Asks the other officers for approval; without required approvals, the papers go out."""
    data = context.data
    is_shown = context.step == _STEP and "content" in data
    require(is_shown and data["tries"] == context.number(1), "papers-stale")
    require(data["meeting"] == context.number(), "papers-stale")
    meeting = await _over(context, context.number())
    await context.clear_state()
    sent = await papers.submit(
        context.tx,
        id_of(meeting),
        data["content"],
        context.member_id,
        for_all=context.args[2:] == (_FOR_ALL,),
    )
    await _record(context, AuditAction.PAPERS_SUBMITTED, sent)
    if not context.club.approvals:
        return await _publish(context, meeting, sent, approver_id=None)
    return await _ask_others(context, meeting, sent)


async def _ask_others(context: Context, meeting: Meeting, sent: MeetingPapers) -> Answer:
    def write(say: Speech) -> Message:
        title = unpack(meeting.content).in_language(say.language).title
        see = Button(say.plain("announcing-see"), action=f"papers-see:{sent.id}")
        return Message(say("papers-please-approve", title=title), ((see,),))

    officers = await members.officers(context.tx, but=context.member_id)
    await notify_officers(
        context.tx,
        context.club,
        officers,
        f"papers approval {sent.id}",
        write,
        about=context.current_member,
    )
    key = "papers-submitted" if officers else "meeting-submitted-to-nobody"
    return [context.final(context.say(key))]


@routes.action("papers-see", role=Role.OFFICER)
async def see(context: Context) -> Answer:
    """The papers that wait for approval, as members read them."""
    meeting, waiting = await _waiting(context)
    key = "papers-whom-all" if waiting.for_all else "papers-whom-came"
    rows: Rows = ((context.button("papers-approve", "papers-approve", id_of(waiting)),),)
    preview = Reply(as_read(context.say, meeting, unpack_message(waiting.content)))
    return [preview, context.reply(context.say(key), rows)]


@routes.action("papers-approve", role=Role.OFFICER)
async def approve(context: Context) -> Answer:
    """Approves exactly these papers."""
    meeting, waiting = await _waiting(context)
    require(waiting.author_id != context.member_id, "announcing-own-approval")
    await _record(context, AuditAction.PAPERS_APPROVED, waiting)
    return await _publish(context, meeting, waiting, approver_id=context.member_id)


async def _publish(
    context: Context, meeting: Meeting, approved: MeetingPapers, *, approver_id: int | None
) -> Answer:
    await papers.publish(context.tx, approved, approver_id)
    await tell_of_papers(context.tx, context.club, meeting, approved)
    decide = context.button("decision-button", "meeting-decide", id_of(meeting))
    return [context.final(context.say("papers-out"), ((decide,),))]


async def _waiting(context: Context) -> tuple[Meeting, MeetingPapers]:
    """The newest version, if it waits for approval.

    Raises:
        UserError: it was approved, or replaced by another one.
    """
    waiting = found(await papers.find(context.tx, context.number()), "papers-gone")
    require(waiting.state is PapersState.PENDING, "papers-decided")
    require(await papers.is_newest(context.tx, waiting), "papers-replaced")
    return await _over(context, waiting.meeting_id), waiting


async def _over(context: Context, meeting_id: int) -> Meeting:
    meeting = found(await meetings.find(context.tx, meeting_id), "meeting-gone")
    require(meeting.state is MeetingState.OVER, "papers-too-early")
    return meeting


async def _record(context: Context, action: AuditAction, sent: MeetingPapers) -> None:
    await audit_log.record(
        context.tx,
        context.current_member,
        action,
        meeting=sent.meeting_id,
        version=sent.version,
    )


def as_read(say: Speech, meeting: Meeting, message: Message) -> Message:
    """The papers as members read them."""
    title = unpack(meeting.content).in_language(say.language).title
    text = say("papers-head", title=title)
    return Message(Html(f"{text}\n\n{message.text}".rstrip()), media=message.media)
