"""`/canbo`: the owners and officers of the club, for owners."""

from handlers.conversation import Context, Html, Page, Routes, paged
from handlers.messages import Button, Rows
from storage.database import id_of
from storage.members import members, roles
from storage.models import Member, Role

routes = Routes()


@routes.command("canbo", "officers", role=Role.OWNER)
@paged(routes, "officers", role=Role.OWNER)
async def show(context: Context, page: Page) -> tuple[Html, Rows]:
    """One button for each owner and officer."""
    shown, others = page.split(
        await roles.officers(context.tx, limit=page.limit, offset=page.offset)
    )
    officer_buttons = tuple((_officer_button(context, member),) for member in shown)
    return context.say("people-officers"), (*officer_buttons, *others)


def _officer_button(context: Context, member: Member) -> Button:
    role = context.say.plain(f"inviting-role-{member.role.value}")
    name = members.name_of(context.tx, member)
    return context.button("people-officer", "person", id_of(member), name=name, role=role)
