"""The workbook for the door: who said yes and has a seat, without a mark of who came."""

from collections.abc import Sequence
from functools import partial

from handlers.conversation import Context, Routes, found, require
from handlers.messages import Answer, Media, MediaKind, Reply
from handlers.rendering.spreadsheets import Table, as_xlsx
from storage import audit_log
from storage.database import id_of
from storage.meetings import meetings, rsvps
from storage.members import members
from storage.models import AuditAction, Member, Role

routes = Routes()

_COLUMNS = ("number", "name", "area")


@routes.action("door-list", role=Role.OFFICER)
async def send(context: Context) -> Answer:
    """Sends the workbook to an officer who wrote or approved the meeting, and logs that."""
    meeting = found(await meetings.find(context.tx, context.number()), "checkin-gone")
    is_own = context.member_id in meetings.organisers(meeting)
    require(is_own, "checkin-workbook-not-yours")
    seated = await rsvps.seated(context.tx, id_of(meeting))
    guests = [await members.get(context.tx, one) for one in seated]
    require(guests, "checkin-workbook-none")
    await audit_log.record(
        context.tx, context.current_member, AuditAction.DOOR_LIST_MADE, meeting=id_of(meeting)
    )
    media = Media(MediaKind.DOCUMENT, name=context.say.plain("checkin-workbook-file"))
    message = context.wording(context.say("checkin-workbook-caption"), media=media)
    table = _table(context, guests)
    return [Reply(message, draw=partial(as_xlsx, (table,), context.club.timezone))]


def _table(context: Context, guests: Sequence[Member]) -> Table:
    """The guests by name, as a list on paper is searched."""
    say, club = context.say, context.club
    named = sorted(
        (members.name_of(context.tx, one), club.area_name(one.area) or "") for one in guests
    )
    rows = tuple((number, name, area) for number, (name, area) in enumerate(named, start=1))
    head = tuple(say.plain(f"checkin-workbook-{column}") for column in _COLUMNS)
    return Table(say.plain("checkin-workbook-sheet"), head, rows)
