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
async def show(context: Context) -> Answer:
    """Every link with its tick."""
    draft, question = pressed(context)
    if question is not Question.PREVIEW:
        raise UserError("decide-stale")
    case = await hold_mine(context)
    return [
        context.edit(
            context.say("decide-links"), _rows(context, await candidates(context, case, draft))
        )
    ]


@routes.action("decidelink", role=Role.OFFICER)
async def toggle(context: Context) -> Answer:
    """Ticks one link, or takes its tick away."""
    draft, question = pressed(context)
    case = await hold_mine(context)
    found = await candidates(context, case, draft)
    place = context.number(1)
    if question is not Question.PREVIEW or place >= len(found.links):
        raise UserError("decide-stale")
    marked = found.marked ^ {found.links[place].key}
    draft = replace(draft, fraud_links=tuple(sorted(marked)))
    await keep(context, draft, Question.PREVIEW)
    rows = _rows(context, replace(found, marked=marked))
    return [context.edit(context.say("decide-links"), rows)]


@routes.action("decidelinksdone", role=Role.OFFICER)
async def done(context: Context) -> Answer:
    """Back to the preview."""
    draft, _ = pressed(context)
    return await ask(context, await hold_mine(context), draft, Question.PREVIEW)


def _rows(context: Context, found: Candidates) -> Rows:
    code = context.args[0]
    ticks = tuple(
        (
            context.button(
                "decide-link-on" if link.key in found.marked else "decide-link-off",
                "decidelink",
                code,
                place,
                link=shown(link),
            ),
        )
        for place, link in enumerate(found.links)
    )
    return (*ticks, (context.button("back", "decidelinksdone", code),))
