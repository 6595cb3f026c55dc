"""*More…*: every command is found without being known."""

import pytest

from handlers.conversation.i18n import Speech
from handlers.home.command_groups import GROUPS, OFFICERS_MENU, Group
from handlers.registry import CAPABILITIES
from storage.models import Role
from tests.support import SETTINGS, ClubInATest, Phone

TO_OFFICERS = Speech("vi", SETTINGS.timezone, you=SETTINGS.officers_are_called)
COMMANDS = {command.en: command for routes in CAPABILITIES for command in routes.commands}
IN_MENUS = {name for name, command in COMMANDS.items() if command.in_menu}


def test_every_command_is_in_one_group() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted([*grouped, "menu", "cancel"]) == sorted(IN_MENUS)


def test_the_group_of_owners_has_what_only_owners_may_do() -> None:
    of_owners = {name for name in IN_MENUS if COMMANDS[name].role is Role.OWNER}
    assert set(GROUPS[Group.OWNER]) == of_owners


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("role", [Role.OFFICER, Role.OWNER])
def test_the_menu_of_officers_has_ten_commands(
    club: ClubInATest, role: Role, language: str
) -> None:
    menu = [entry.command for entry in club.conversation.menu(role, language)]
    assert menu == [COMMANDS[name].name(language) for name in OFFICERS_MENU]
    assert len(menu) == 10


def test_the_menu_of_members_has_no_home(club: ClubInATest) -> None:
    assert "menu" not in {entry.command for entry in club.conversation.menu(Role.MEMBER, "vi")}


@pytest.mark.parametrize("owner", [False, True])
async def test_every_command_can_be_pressed(club: ClubInATest, owner: bool) -> None:
    await club.officer("Hoà", owner=True)
    minh = await club.officer("Minh", owner=owner)
    pressed = 0
    for group in Group:
        if group is Group.OWNER and not owner:
            continue
        for name in GROUPS[group]:
            await minh.opens("/menu", "Việc khác")
            await minh.presses_action(f"more:{group.value}")
            before = len(minh.messages)
            await minh.presses(TO_OFFICERS.plain(f"menu-{name}"))
            assert len(minh.messages) > before
            await minh.says("/huy")
            pressed += 1
    assert pressed == len(IN_MENUS) - 2 - (0 if owner else len(GROUPS[Group.OWNER]))


async def test_an_officer_cannot_open_the_group_of_owners(minh: Phone) -> None:
    await minh.opens("/menu", "Việc khác")
    assert "Việc của chủ nhiệm" not in minh.labels
    await minh.presses_action("more:owner")
    await minh.presses_action("more:nonsense")
    assert len(minh.toasts) == 2


@pytest.mark.parametrize("name", ["stop", "leave", "erase"])
async def test_what_stops_leaves_or_erases_asks_first(name: str, owner: Phone, minh: Phone) -> None:
    before = (await minh.member()).state
    await minh.presses_action("more:yourself")
    await minh.presses(TO_OFFICERS.plain(f"menu-{name}"))
    assert (await minh.member()).state is before
    assert not any("Đã ngừng" in message.text for message in minh.messages.values())


async def test_commands_outside_the_menu_still_work_when_typed(minh: Phone) -> None:
    for name in sorted(IN_MENUS - set(OFFICERS_MENU) - set(GROUPS[Group.OWNER])):
        await minh.says(f"/{name}")
        assert "Chưa có lệnh này" not in minh.last
