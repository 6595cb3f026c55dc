"""Ends the wait for a text of an announcement when the officer turns to something else."""

from handlers.announcing.compose import question_prompt, start
from handlers.conversation import Context
from handlers.messages import Answer


async def set_aside(context: Context) -> Answer:
    """Ends it, so that the next words are not taken for the announcement; says that the draft is kept.

    Any other step is left as it is.
    """
    if context.step not in {question_prompt.STEP, start.STEP}:
        return []
    await context.clear_state()
    has_draft = "number" in context.data
    return [context.reply(context.say("announcing-set-aside"))] if has_draft else []
