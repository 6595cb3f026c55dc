"""Officers who write *dừng gửi* mean the announcement that goes out, members what they receive.

Without diacritics *dừng* and *đừng* are the same, so both ways to stop are shown and nothing is done.
"""

from handlers.announcing import monitor
from handlers.conversation import Context, Routes
from handlers.joining import leaving_phrases
from handlers.messages import Answer
from storage.models import Role

routes = Routes()


@routes.command(
    "dunggui",
    "stopsending",
    role=Role.OFFICER,
    in_menu=False,
    for_others="dung",
    phrases=leaving_phrases.SENDING,
)
async def show_what_goes_out(context: Context) -> Answer:
    """What is being sent, with the buttons that pause it, and how to stop receiving messages."""
    return [*await monitor.show(context), context.reply(context.say("progress-stop-receiving"))]
