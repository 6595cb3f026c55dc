"""`/riengtu`: shows the privacy notice to anybody."""

from handlers.conversation import Context, Routes
from handlers.messages import Answer
from handlers.views.privacy_notice import notice

routes = Routes()


@routes.command("riengtu", "privacy", role=None, words=["riêng tư", "quyền riêng tư", "privacy"])
async def show_notice(context: Context) -> Answer:
    """The whole notice."""
    return [context.reply(notice(context.say, context.club))]
