"""A guest without a ticket: invited by a code at the door, and counted without a name."""

from datetime import timedelta

from handlers.conversation import Context, Html, Routes, grouped, link_to_join
from handlers.meetings.check_in import openable
from handlers.messages import Answer, Media, MediaKind
from handlers.rendering.qr_code import qr_png
from storage import audit_log
from storage.database import id_of
from storage.meetings import tickets
from storage.members import invites
from storage.models import AuditAction, Role

routes = Routes()

VALID_FOR = timedelta(hours=24)
"""How long the code of a guest opens the club."""


@routes.action("walk-in", role=Role.OFFICER)
async def invite(context: Context) -> Answer:
    """Makes an invite for one guest, to be scanned from the officer's phone."""
    meeting = await openable(context, context.number())
    code = await invites.create(
        context.tx,
        role=Role.MEMBER,
        area=None,
        uses=1,
        valid_for=VALID_FOR,
        created_by=context.member_id,
    )
    await audit_log.record(
        context.tx,
        context.current_member,
        AuditAction.INVITE_MADE,
        role=Role.MEMBER.value,
        area=None,
        uses=1,
        days=VALID_FOR // timedelta(days=1),
    )
    rows = (
        (context.button("checkin-walk-in-count", "walk-in-count", id_of(meeting)),),
        (context.button("back", "checkin", id_of(meeting)),),
    )
    return [context.reply(_text(context, code), rows, media=_picture(context, code))]


@routes.action("walk-in-count", role=Role.OFFICER)
async def count(context: Context) -> Answer:
    """Counts one guest who came in."""
    meeting = await openable(context, context.number())
    await tickets.count_one(context.tx, id_of(meeting))
    came = await tickets.came(context.tx, id_of(meeting))
    back = (context.button("back", "checkin", id_of(meeting)),)
    return [context.reply(context.say("checkin-walk-in-counted", came=came), (back,))]


def _text(context: Context, code: str) -> Html:
    hours = VALID_FOR // timedelta(hours=1)
    link, typed = link_to_join(context.club, code), grouped(code)
    return Html(
        f"{context.say('checkin-walk-in-ask', hours=hours)}\n\n"
        f"{context.say('checkin-walk-in-code', code=typed)}\n{link}".rstrip()
    )


def _picture(context: Context, code: str) -> Media | None:
    link = link_to_join(context.club, code)
    name = context.say.plain("checkin-walk-in-file")
    return Media(MediaKind.PHOTO, content=qr_png(link), name=name) if link else None
