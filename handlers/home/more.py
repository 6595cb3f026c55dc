"""*More…*: the commands of officers as buttons that say what each does, one group at a time."""

from collections.abc import Mapping
from types import MappingProxyType

from handlers.conversation import Context, Routes, UserError, require
from handlers.home.command_groups import GROUPS, Group
from handlers.messages import Answer, Button, ButtonStyle, Reply
from storage.models import Role

routes = Routes()

MORE_ACTION = "more"
_PER_ROW = 2
_AFTER_A_QUESTION: Mapping[str, str] = MappingProxyType(
    {"stop": "/unsubscribe", "leave": "leave-ask", "erase": "erase-ask"}
)
"""Commands that stop, leave or erase; their buttons only ask whether to."""


@routes.action(MORE_ACTION, role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """The groups, or the commands of one group."""
    if not context.args:
        return [_groups(context)]
    try:
        group = Group(context.args[0])
    except ValueError:
        raise UserError("button-unknown") from None
    require(group in _allowed(context), "command-owners-only")
    return [_commands(context, group)]


def _groups(context: Context) -> Reply:
    buttons = [
        context.button(f"more-{one.value}", MORE_ACTION, one.value) for one in _allowed(context)
    ]
    rows = tuple(tuple(buttons[at : at + _PER_ROW]) for at in range(0, len(buttons), _PER_ROW))
    return context.edit(context.say("more-head"), (*rows, *context.home_row()))


def _commands(context: Context, group: Group) -> Reply:
    rows = tuple((_command_button(context, name),) for name in GROUPS[group])
    return context.edit(
        context.say("home-group", name=context.say(f"more-{group.value}")),
        (*rows, (context.button("back", MORE_ACTION), *context.home_row()[0])),
    )


def _command_button(context: Context, name: str) -> Button:
    asking = _AFTER_A_QUESTION.get(name)
    return context.button(
        f"menu-{name}", asking or f"/{name}", style=ButtonStyle.DANGER if asking else None
    )


def _allowed(context: Context) -> list[Group]:
    is_owner = context.current_member.role is Role.OWNER
    return [group for group in Group if is_owner or group is not Group.OWNER]
