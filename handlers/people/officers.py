"""`/canbo`: the owners and officers of the club, for owners."""

from handlers.conversation import pagination
from handlers.conversation.context import Context
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button
from storage.members import members, roles
from storage.models import Member, Role

routes = Routes()


@routes.command("canbo", "officers", role=Role.OWNER)
async def show(turn: Context) -> Answer:
    """The first page."""
    return await _page(turn, 0)


@routes.action("officers", role=Role.OWNER)
async def turn_page(turn: Context) -> Answer:
    """Another page."""
    return await _page(turn, turn.number())


async def _page(turn: Context, page: int) -> Answer:
    fetched = await roles.officers(
        turn.tx, limit=pagination.FETCHED, offset=page * pagination.PER_PAGE
    )
    doors = tuple((_door(turn, one),) for one in pagination.shown(fetched))
    rows = (*doors, *pagination.ways(turn, "officers", page, fetched))
    return [turn.instead(turn.say("people-officers"), rows)]


def _door(turn: Context, member: Member) -> Button:
    role = turn.say.plain(f"inviting-role-{member.role.value}")
    name = members.name_of(turn.tx, member)
    return turn.button("people-officer", "person", members.number_of(member), name=name, role=role)
