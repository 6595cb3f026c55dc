"""The club's bot: every capability, in the order of the command menu."""

from handlers import (
    aftercare,
    announcing,
    arriving,
    changed_settings,
    choices,
    deciding,
    exporting,
    flagging,
    helping,
    inviting,
    joining,
    journal,
    leaving,
    linking,
    moving,
    mydata,
    open_invites,
    overseeing,
    people,
    preferences,
    privacy,
    questions,
    quiet_hours,
    reading,
    sharing,
    statistics,
    subscribing,
    touring,
)
from handlers.conversation import Conversation
from handlers.settings import ClubSettings

CAPABILITIES = (
    *announcing.ROUTES,
    *deciding.ROUTES,
    reading.routes,
    *flagging.ROUTES,
    *sharing.ROUTES,
    *questions.ROUTES,
    *statistics.ROUTES,
    *exporting.ROUTES,
    overseeing.routes,
    aftercare.routes,
    inviting.routes,
    open_invites.routes,
    *people.ROUTES,
    journal.routes,
    changed_settings.routes,
    moving.routes,
    linking.routes,
    arriving.routes,
    joining.routes,
    preferences.routes,
    quiet_hours.routes,
    subscribing.routes,
    leaving.routes,
    *mydata.ROUTES,
    privacy.routes,
    touring.routes,
    helping.routes,
    choices.routes,
)


def conversation(club: ClubSettings) -> Conversation:
    """The whole conversation of one club."""
    return Conversation(club, CAPABILITIES)
