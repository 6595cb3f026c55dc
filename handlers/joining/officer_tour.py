"""`/huongdan`: an officer's first minute, four short screens and a trial announcement to themselves."""

from handlers.announcing import trial_send
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Reply, Rows
from handlers.views.announcement import NO_NUMBER, Content
from storage.models import Role

routes = Routes()

SCREENS = ("duties", "approval", "case", "privacy")
"""`tour-<name>` is what each says."""


@routes.command("huongdan", "tour", role=Role.OFFICER)
async def begin(turn: Context) -> Answer:
    """From the first screen."""
    return [first_screen(turn)]


@routes.action("tour", role=Role.OFFICER)
async def turn_page(turn: Context) -> Answer:
    """Another screen, in its place."""
    number = turn.number()
    if number >= len(SCREENS):
        raise UserError("button-unknown")
    return [turn.instead(*_screen(turn, number))]


@routes.action("tour-trial", role=Role.OFFICER)
async def send_trial(turn: Context) -> Answer:
    """A small announcement, only to this officer, the way members get theirs."""
    await trial_send.send(turn, _sample(turn), NO_NUMBER)
    return [turn.instead(turn.say("tour-done"))]


def first_screen(turn: Context) -> Reply:
    """What somebody who has just become an officer gets, under the answer to that."""
    return turn.reply(*_screen(turn, 0))


def _screen(turn: Context, number: int) -> tuple[Html, Rows]:
    text = turn.say(
        "tour-screen",
        number=number + 1,
        total=len(SCREENS),
        text=turn.say(f"tour-{SCREENS[number]}"),
    )
    if number + 1 < len(SCREENS):
        return text, ((turn.button("tour-next", "tour", number + 1),),)
    return text, ((turn.button("tour-trial", "tour-trial"),),)


def _sample(turn: Context) -> Content:
    return Content(
        title=turn.say.plain("tour-sample-title"),
        html=turn.say("tour-sample-text"),
        facts=(turn.say.plain("tour-sample-fact"),),
        issuer=turn.club.operator,
        source_ref=turn.say.plain("tour-sample-source"),
    )
