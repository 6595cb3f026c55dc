"""*Hỏi – đáp*: published questions about an announcement, opened from a button of its copy."""

from collections.abc import Sequence

from handlers.announcing.archive import readable
from handlers.conversation import Context, Html, Page, Routes, Speech, paged
from handlers.messages import Button, Rows
from handlers.views.announcement_reference import named
from storage import questions
from storage.database import id_of
from storage.models import PublicAnswer

routes = Routes()

PER_PAGE = 3
"""Three entries of maximum length (`parsing.GENERAL_LIMIT`, `parsing.TEXT_LIMIT`) fit into one message."""


@paged(routes, "faq", position=1, per_page=PER_PAGE)
async def show(context: Context, page: Page) -> tuple[Html, Rows]:
    """Questions and answers about the announcement that the button carries."""
    which = await named(context)
    content = await readable(context, which)
    ask = (context.button("faq-ask", "question-about", which.id),)
    fetched = await questions.public_answers(
        context.tx, which.id, offset=page.offset, limit=page.limit
    )
    if not fetched:
        return context.say("faq-none", number=which.label), (ask,)
    shown, others = page.split(fetched, which.id)
    head = context.say(
        "faq-head", number=which.label, title=content.in_language(context.say.language).title
    )
    entries = [entry(context.say, answered.question, answered.answer) for answered in shown]
    return (
        Html("\n\n".join([head, *entries])),
        tuple(row for row in (*others, _removals(context, shown), ask) if row),
    )


def entry(say: Speech, question: str, answer: str) -> Html:
    """One question and its answer."""
    return say("faq-entry", question=question, answer=answer)


def _removals(context: Context, shown: Sequence[PublicAnswer]) -> tuple[Button, ...]:
    """The buttons to remove entries, for officers; empty for members."""
    if not context.current_member.role.is_officer:
        return ()
    return tuple(
        context.button("faq-remove", "faq-remove", id_of(one), place=str(place))
        for place, one in enumerate(shown, start=1)
    )
