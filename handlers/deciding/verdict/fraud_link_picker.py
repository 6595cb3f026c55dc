"""An officer marks which links of the posts are the fraud itself."""

from dataclasses import replace

from handlers.conversation import Context, Routes, require
from handlers.deciding.access import lock_own_case
from handlers.deciding.verdict.draft import Question, draft_of_press, save_step
from handlers.deciding.verdict.fraud_links import Candidates, candidates, shown
from handlers.deciding.verdict.questions import ask
from handlers.messages import Answer, Rows
from storage.models import Role

routes = Routes()


@routes.action("decidelinks", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """Shows every link with its mark."""
    draft, question = draft_of_press(context)
    require(question is Question.PREVIEW, "decide-stale")
    case = await lock_own_case(context)
    links = await candidates(context, case, draft)
    return [context.edit(context.say("decide-links"), _rows(context, links))]


@routes.action("decidelink", role=Role.OFFICER)
async def toggle(context: Context) -> Answer:
    """Marks one link, or removes its mark."""
    draft, question = draft_of_press(context)
    case = await lock_own_case(context)
    links = await candidates(context, case, draft)
    position = context.number(1)
    require(question is Question.PREVIEW and position < len(links.links), "decide-stale")
    marked = links.marked ^ {links.links[position].key}
    draft = replace(draft, fraud_links=tuple(sorted(marked)))
    await save_step(context, draft, Question.PREVIEW)
    return [
        context.edit(context.say("decide-links"), _rows(context, replace(links, marked=marked)))
    ]


@routes.action("decidelinksdone", role=Role.OFFICER)
async def done(context: Context) -> Answer:
    """Returns to the preview."""
    draft, _ = draft_of_press(context)
    return await ask(context, await lock_own_case(context), draft, Question.PREVIEW)


def _rows(context: Context, links: Candidates) -> Rows:
    code = context.args[0]
    ticks = tuple(
        (
            context.button(
                "decide-link-on" if link.key in links.marked else "decide-link-off",
                "decidelink",
                code,
                position,
                link=shown(link),
            ),
        )
        for position, link in enumerate(links.links)
    )
    return (*ticks, (context.button("back", "decidelinksdone", code),))
