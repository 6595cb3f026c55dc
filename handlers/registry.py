"""All capabilities of the bot, in the order of the command menu."""

from handlers import (
    announcing,
    deciding,
    flagging,
    home,
    meetings,
    mydata,
    people,
    questions,
    reports,
    sharing,
)
from handlers.announcing import after_sending, archive, monitor
from handlers.audit import changed_settings, log_view
from handlers.conversation import ClubSettings, numbered_choices
from handlers.conversation.dispatcher import Conversation
from handlers.home.command_groups import OFFICERS_MENU
from handlers.joining import (
    chat_change,
    command_help,
    first_choices,
    invite,
    join,
    leave,
    link_accounts,
    officer_tour,
    open_invites,
    role_offer,
    stop_sending,
    transfer_account,
)
from handlers.mydata import privacy_command
from handlers.preferences import digest_controls, preferences, quiet_hours

CAPABILITIES = (
    *home.ROUTES,
    *announcing.ROUTES,
    *deciding.ROUTES,
    archive.routes,
    *flagging.ROUTES,
    *sharing.ROUTES,
    *questions.ROUTES,
    *meetings.ROUTES,
    *reports.ROUTES,
    monitor.routes,
    after_sending.routes,
    invite.routes,
    open_invites.routes,
    *people.ROUTES,
    role_offer.routes,
    log_view.routes,
    changed_settings.routes,
    transfer_account.routes,
    link_accounts.routes,
    chat_change.routes,
    join.routes,
    first_choices.routes,
    preferences.routes,
    quiet_hours.routes,
    digest_controls.routes,
    stop_sending.routes,
    leave.routes,
    *mydata.ROUTES,
    privacy_command.routes,
    officer_tour.routes,
    command_help.routes,
    numbered_choices.routes,
)


def conversation(club: ClubSettings) -> Conversation:
    """Builds the conversation of one club."""
    return Conversation(club, CAPABILITIES, officers_menu=OFFICERS_MENU)
