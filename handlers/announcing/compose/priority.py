"""Who goes first where an announcement cannot reach everybody: the officer's choice.

By area, by the app they have, or whose messaging window ends first; never by what anybody did.
"""

from dataclasses import replace

from handlers.announcing import drafts
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Routes, Speech, require
from handlers.messages import Answer, Button, Rows
from storage.models import AnnouncementState, Role
from storage.outbox.priority import ONE_APP_ONLY, WINDOW_ENDS

routes = Routes()

_AS_THEY_JOINED = "-"


def rows(context: Context, draft: Draft) -> Rows:
    """The button to choose who goes first; empty where everybody can always be reached."""
    is_limited = context.club.zalo_quota or context.club.metered
    if not is_limited or draft.is_correction:
        return ()
    return ((context.button("quota-choose", "quota-ask", draft.id, draft.version),),)


def name(context: Context, first: str, say: Speech) -> str:
    """Who goes first, in a few words."""
    if first == ONE_APP_ONLY:
        return say.plain("quota-only-there")
    if first == WINDOW_ENDS:
        return say.plain("priority-window-ends")
    return context.club.area_name(first) or say.plain("quota-as-they-joined")


@routes.action("quota-ask", role=Role.OFFICER)
async def ask(context: Context) -> Answer:
    """Asks who goes first."""
    draft = await load(context)
    return [
        context.edit(
            context.say("quota-question"),
            tuple((_option(context, draft, option),) for option in _options(context)),
        )
    ]


@routes.action("quota-first", role=Role.OFFICER)
async def choose(context: Context) -> Answer:
    """Saves the choice with the draft, where other officers see it."""
    draft = await load(context)
    chosen = context.args[2] if len(context.args) > 2 else ""
    require(chosen in _options(context), "button-unknown")
    first = "" if chosen == _AS_THEY_JOINED else chosen
    draft = await drafts.save_content(context, draft, replace(draft.content, first=first))
    return [
        context.edit(
            context.say("quota-chosen", first=name(context, first, context.say)),
            see_rows(context, draft),
        )
    ]


def see_rows(context: Context, draft: Draft) -> Rows:
    """The button back to the draft."""
    return ((context.button("announcing-see", "approval-see", draft.id),),)


async def load(context: Context) -> Draft:
    """The officer's own draft, in the version of the pressed button.

    Raises:
        UserError: it was changed or submitted since.
    """
    draft = await drafts.load_own(context, context.number())
    require(
        draft.state is AnnouncementState.DRAFT and draft.version == context.number(1),
        "quota-changed",
    )
    return draft


def _options(context: Context) -> list[str]:
    window = [WINDOW_ENDS] if context.club.metered else []
    areas = [area.id for area in context.club.areas]
    return [_AS_THEY_JOINED, ONE_APP_ONLY, *window, *areas]


def _option(context: Context, draft: Draft, option: str) -> Button:
    is_chosen = (draft.content.first or _AS_THEY_JOINED) == option
    shown = name(context, "" if option == _AS_THEY_JOINED else option, context.say)
    key = "choice-taken" if is_chosen else "choice-free"
    return context.button(key, "quota-first", draft.id, draft.version, option, name=shown)
