"""`/huongdancanbo`: a tour for new officers, four screens and a trial announcement to themselves."""

from handlers.announcing import trial_send
from handlers.conversation import Context, Html, Routes, require
from handlers.messages import Answer, Reply, Rows
from handlers.views.announcement import SAMPLE, Content
from storage.models import Role

routes = Routes()

SCREENS = ("duties", "approval", "case", "privacy")
"""`tour-<name>` is what each says."""


@routes.command("huongdancanbo", "tour", role=Role.OFFICER)
async def begin(context: Context) -> Answer:
    """Starts at the first screen."""
    return [first_screen(context)]


@routes.action("tour", role=Role.OFFICER)
async def turn_page(context: Context) -> Answer:
    """Another screen, in its place."""
    number = context.number()
    require(number < len(SCREENS), "button-unknown")
    return [context.edit(*_screen(context, number))]


@routes.action("tour-trial", role=Role.OFFICER)
async def send_trial(context: Context) -> Answer:
    """Sends a sample announcement to this officer alone, as members would get it."""
    await trial_send.send(
        context,
        Content(
            title=context.say.plain("tour-sample-title"),
            html=context.say("tour-sample-text"),
            facts=(context.say.plain("tour-sample-fact"),),
            issuer=context.club.operator,
            source_ref=context.say.plain("tour-sample-source"),
        ),
        SAMPLE,
    )
    return [context.edit(context.say("tour-done"))]


def first_screen(context: Context) -> Reply:
    """The first screen as a new message, for somebody who has just become an officer."""
    return context.reply(*_screen(context, 0))


def _screen(context: Context, number: int) -> tuple[Html, Rows]:
    text = context.say(
        "tour-screen",
        number=number + 1,
        total=len(SCREENS),
        text=context.say(f"tour-{SCREENS[number]}"),
    )
    if number + 1 < len(SCREENS):
        return text, ((context.button("tour-next", "tour", number + 1),),)
    return text, ((context.button("tour-trial", "tour-trial"),),)
