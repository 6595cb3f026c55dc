"""*Hỏi – đáp*: what was asked about an announcement, opened from the buttons of its copy."""

from collections.abc import Sequence

from handlers.announcing.archive import readable
from handlers.conversation import pagination
from handlers.conversation.context import Context
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Message, Reply
from storage import questions
from storage.database.ids import id_of
from storage.models import PublicAnswer

routes = Routes()

PER_PAGE = 3
"""Three of the longest (`wording.GENERAL_LIMIT`, `TEXT_LIMIT`) fit into one message."""


@routes.action("faq")
async def open_first(context: Context) -> Answer:
    """Questions and answers, under the copy."""
    return [Reply(await _page(context, context.number(), 0))]


@routes.action("faqpage")
async def turn_page(context: Context) -> Answer:
    """Another page, in its place."""
    shown = await _page(context, context.number(), context.number(1))
    return [context.edit(Html(shown.text), shown.rows)]


def entry(say: Speech, question: str, answer: str) -> Html:
    """One question and its answer."""
    return say("faq-entry", question=question, answer=answer)


async def _page(context: Context, number: int, page: int) -> Message:
    content = await readable(context, number)
    ask = (context.button("faq-ask", "question-about", number),)
    fetched = await questions.public_answers(
        context.tx, number, offset=page * PER_PAGE, limit=PER_PAGE + 1
    )
    if not fetched:
        return context.wording(context.say("faq-none", number=str(number)), (ask,))
    title = content.in_language(context.say.language).title
    head = context.say("faq-head", number=str(number), title=title)
    entries = [entry(context.say, one.question, one.answer) for one in fetched[:PER_PAGE]]
    ways = pagination.ways(context, f"faqpage:{number}", page, fetched, per_page=PER_PAGE)
    rows = (*ways, _removals(context, fetched[:PER_PAGE]), ask)
    return context.wording(Html("\n\n".join([head, *entries])), tuple(row for row in rows if row))


def _removals(context: Context, shown: Sequence[PublicAnswer]) -> tuple[Button, ...]:
    """For officers: a question outlives what it came from, so it is removed where it stands."""
    if not context.current_member.role.is_officer:
        return ()
    return tuple(
        context.button("faq-remove", "faq-remove", id_of(one), place=str(place))
        for place, one in enumerate(shown, start=1)
    )
