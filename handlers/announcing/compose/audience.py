"""Whom an announcement is for, and how many people that is at this moment."""

from handlers.conversation import ClubSettings, Context, Html, Speech
from handlers.views.announcement import Content
from handlers.views.small_counts import alone
from storage.database import id_of
from storage.members import members
from storage.models import Purpose
from storage.reports import batch_totals


def places(club: ClubSettings, content: Content, say: Speech) -> str:
    """`Huyện Sông Ngọc, Thị xã Hòa An`, officers only, or everyone."""
    names = [area.name for area in club.areas if area.id in content.areas]
    if content.officers_only:
        names.insert(0, say.plain("announcing-officers"))
    return ", ".join(names) if names else say.plain("announcing-everyone")


async def people_reached(context: Context, content: Content) -> int:
    """Number of people it would be sent to now."""
    if not content.officers_only:
        return await batch_totals.audience(context.tx, content.areas)
    officers = [
        officer
        for officer in await members.officers(context.tx)
        if not content.areas or officer.area in content.areas
    ]
    agreed = [await members.agreed(context.tx, id_of(officer)) for officer in officers]
    return sum(Purpose.DUTIES in purposes for purposes in agreed)


async def audience(context: Context, content: Content) -> Html:
    """Who would get it now: how many people, and where."""
    people = alone(await people_reached(context, content)).said(context.say)
    return context.say(
        "announcing-audience", people=people, places=places(context.club, content, context.say)
    )
