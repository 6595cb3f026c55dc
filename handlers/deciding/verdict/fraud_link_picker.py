"""An officer ticks which links of the posts are the fraud itself."""

from dataclasses import replace

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.deciding.access import hold_mine
from handlers.deciding.verdict.draft import Question, keep, pressed
from handlers.deciding.verdict.fraud_links import Candidates, candidates, shown
from handlers.deciding.verdict.questions import ask
from handlers.messages import Answer, Rows
from storage.models import Role

routes = Routes()


@routes.action("decidelinks", role=Role.OFFICER)
async def show(turn: Context) -> Answer:
    """Every link with its tick."""
    draft, question = pressed(turn)
    if question is not Question.PREVIEW:
        raise UserError("decide-stale")
    case = await hold_mine(turn)
    return [
        turn.instead(turn.say("decide-links"), _rows(turn, await candidates(turn, case, draft)))
    ]


@routes.action("decidelink", role=Role.OFFICER)
async def toggle(turn: Context) -> Answer:
    """Ticks one link, or takes its tick away."""
    draft, question = pressed(turn)
    case = await hold_mine(turn)
    found = await candidates(turn, case, draft)
    place = turn.number(1)
    if question is not Question.PREVIEW or place >= len(found.links):
        raise UserError("decide-stale")
    marked = found.marked ^ {found.links[place].key}
    draft = replace(draft, fraud_links=tuple(sorted(marked)))
    await keep(turn, draft, Question.PREVIEW)
    rows = _rows(turn, replace(found, marked=marked))
    return [turn.instead(turn.say("decide-links"), rows)]


@routes.action("decidelinksdone", role=Role.OFFICER)
async def done(turn: Context) -> Answer:
    """Back to the preview."""
    draft, _ = pressed(turn)
    return await ask(turn, await hold_mine(turn), draft, Question.PREVIEW)


def _rows(turn: Context, found: Candidates) -> Rows:
    code = turn.args[0]
    ticks = tuple(
        (
            turn.button(
                "decide-link-on" if link.key in found.marked else "decide-link-off",
                "decidelink",
                code,
                place,
                link=shown(link),
            ),
        )
        for place, link in enumerate(found.links)
    )
    return (*ticks, (turn.button("back", "decidelinksdone", code),))
