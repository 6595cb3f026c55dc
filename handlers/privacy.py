"""`/riengtu`: what is kept of a person, why, how long and who sees it; open to everybody."""

from handlers.messages import Answer
from handlers.privacy_notice import notice
from handlers.routes import Routes
from handlers.turn import Turn

routes = Routes()


@routes.command("riengtu", "privacy", role=None, words=["riêng tư", "quyền riêng tư", "privacy"])
async def show_notice(turn: Turn) -> Answer:
    """The whole notice."""
    return [turn.reply(notice(turn.say, turn.club))]
