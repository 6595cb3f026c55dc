"""Whether an announcement supports or opposes a candidate: asked at submission, once a wording."""

from dataclasses import replace

from handlers.announcing.drafts import Draft
from handlers.conversation import Context
from handlers.messages import Answer
from handlers.views.announcement import CAMPAIGN_DENIED, Content

STEP = "compose.campaign"
"""The step of a chat in which the question waits for a typed yes or no."""


def is_denied(content: Content) -> bool:
    """Whether the author has said of this wording that it does not campaign."""
    return CAMPAIGN_DENIED in content.answered


def denied(content: Content) -> Content:
    """The content, once the author has said so."""
    return replace(content, answered=tuple(sorted({*content.answered, CAMPAIGN_DENIED})))


async def ask(context: Context, draft: Draft, *, at_night: bool = False) -> Answer:
    """Asks about exactly this version; `at_night` is kept for the submission that follows."""
    args = (draft.id, draft.version)
    await context.set_state(STEP, number=draft.id, version=draft.version, at_night=at_night)
    no = context.button("announcing-no", "campaign-no", *args)
    yes = context.button("announcing-yes", "campaign-yes", *args)
    back = context.button("back", "compose-card", draft.id)
    return [context.edit(context.say("announcing-ask-campaign"), ((no,), (yes,), (back,)))]
