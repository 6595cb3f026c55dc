"""`/canbo`: the owners and officers of the club, for owners."""

from handlers.conversation import pagination
from handlers.conversation.context import Context
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button
from storage.database.ids import id_of
from storage.members import members, roles
from storage.models import Member, Role

routes = Routes()


@routes.command("canbo", "officers", role=Role.OWNER)
async def show(context: Context) -> Answer:
    """The first page."""
    return await _page(context, 0)


@routes.action("officers", role=Role.OWNER)
async def turn_page(context: Context) -> Answer:
    """Another page."""
    return await _page(context, context.number())


async def _page(context: Context, page: int) -> Answer:
    fetched = await roles.officers(
        context.tx, limit=pagination.FETCHED, offset=page * pagination.PER_PAGE
    )
    doors = tuple((_door(context, one),) for one in pagination.shown(fetched))
    rows = (*doors, *pagination.ways(context, "officers", page, fetched))
    return [context.edit(context.say("people-officers"), rows)]


def _door(context: Context, member: Member) -> Button:
    role = context.say.plain(f"inviting-role-{member.role.value}")
    name = members.name_of(context.tx, member)
    return context.button("people-officer", "person", id_of(member), name=name, role=role)
