"""Another officer's side: what waits, seen exactly as members will, and a yes or a no to it."""

from handlers.announcing import drafts, release, send_time
from handlers.announcing.compose.preview import short_title, show
from handlers.announcing.drafts import Draft, is_author
from handlers.announcing.release import see_own_button, tell_author
from handlers.conversation import pagination
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.length_limit import within
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Message
from handlers.views.announcement import unpack
from storage.announcements import announcements
from storage.models import Announcement, AnnouncementState, AnnouncementVersion, Role

routes = Routes()

_STEP = "approval.reason"
_REASON_LIMIT = 500


@routes.command("choduyet", "approvals", role=Role.OFFICER)
async def waiting(turn: Context) -> Answer:
    """What waits for an approval or for its time."""
    return await _page(turn, 0)


@routes.action("approval-page", role=Role.OFFICER)
async def waiting_page(turn: Context) -> Answer:
    """Another page of it."""
    return await _page(turn, turn.number())


async def _page(turn: Context, page: int) -> Answer:
    fetched = await announcements.waiting(
        turn.tx, offset=page * pagination.PER_PAGE, limit=pagination.FETCHED
    )
    if not fetched:
        return [turn.instead(turn.say("announcing-nothing-waits"))]
    rows = tuple((_line(turn, *line),) for line in pagination.shown(fetched))
    ways = pagination.ways(turn, "approval-page", page, fetched)
    return [turn.instead(turn.say("announcing-what-waits"), (*rows, *ways))]


def _line(turn: Context, announcement: Announcement, version: AnnouncementVersion) -> Button:
    number = announcements.number_of(announcement)
    title = short_title(unpack(version.content))
    called = str(announcement.corrects_id or number)
    return turn.button(_line_key(announcement), "approval-see", number, number=called, title=title)


def _line_key(announcement: Announcement) -> str:
    if announcement.corrects_id:
        return "correcting-line"
    scheduled = announcement.state is AnnouncementState.SCHEDULED
    return "announcing-line-scheduled" if scheduled else "announcing-line"


@routes.action("approval-see", role=Role.OFFICER)
async def see(turn: Context) -> Answer:
    """The announcement where it stands now; a draft only to its author."""
    draft = await drafts.load_locked(turn, turn.number())
    if draft.state is AnnouncementState.DRAFT and not is_author(turn, draft):
        raise UserError("announcing-now-draft")
    return await show(turn, draft)


@routes.action("approval-give", role=Role.OFFICER)
async def approve(turn: Context) -> Answer:
    """This officer's yes to exactly this version; the last one needed lets it out."""
    return await give(turn, await to_decide(turn))


async def give(turn: Context, draft: Draft, *, at_night: bool = False) -> Answer:
    """The same, with or without leave to go out in the quiet hours."""
    if draft.version != turn.number(1):
        return await show(turn, draft, turn.say("announcing-changed"))
    # A correction waits for no morning: nobody should read what is wrong until then.
    send_time.check(turn, draft.content, at_night=at_night or draft.is_correction)
    draft.announcement.at_night = at_night
    version = await announcements.version_of(turn.tx, draft.announcement)
    is_new = await announcements.decide(turn.tx, version, turn.member_id)
    given = await announcements.count_approvals(turn.tx, version)
    if not is_new and given < turn.club.approvals:
        raise UserError("announcing-approved-already")
    await drafts.record(turn, draft, "announcement approved")
    if given < turn.club.approvals:
        thanks = turn.say("announcing-approved-so-far", count=given, needed=turn.club.approvals)
        return [turn.instead(thanks)]
    return await _let_out(turn, draft)


async def _let_out(turn: Context, draft: Draft) -> Answer:
    await drafts.release_draft(turn, draft)

    def write(say: Speech) -> Message:
        key = f"announcing-your-own-{draft.state.value}"
        if draft.is_correction:
            key = "correcting-your-own-approved"
        send_at = draft.announcement.due_at or turn.now
        text = say(key, number=str(draft.called), when=say.when(send_at))
        return Message(text, (_author_buttons(say, draft),))

    await tell_author(turn.tx, turn.club, draft.announcement, "approved", write)
    return [turn.instead(outcome(turn, draft))]


def outcome(turn: Context, draft: Draft) -> Html:
    """What became of it just now; of one that waits, until when."""
    if draft.state is AnnouncementState.SCHEDULED and draft.announcement.due_at:
        when = turn.say.when(draft.announcement.due_at)
        return turn.say("announcing-now-scheduled-for", when=when)
    return release.standing(turn.say, draft.announcement)


def _author_buttons(say: Speech, draft: Draft) -> tuple[Button, ...]:
    see = see_own_button(say, draft.number)
    if draft.state is not AnnouncementState.SCHEDULED:
        return (see,)
    action = f"approval-reopen:{draft.number}:{draft.version}"
    return see, Button(say.plain("announcing-unschedule"), action=action)


@routes.action("approval-refuse", role=Role.OFFICER)
async def refuse(turn: Context) -> Answer:
    """A no needs a reason, which the author reads."""
    draft = await to_decide(turn)
    if draft.version != turn.number(1):
        return await show(turn, draft, turn.say("announcing-changed"))
    await turn.go(_STEP, number=draft.number, version=draft.version)
    return [turn.reply(turn.say("announcing-why-not"), ((turn.button("cancel", "cancel"),),))]


@routes.step(_STEP, role=Role.OFFICER)
async def refused(turn: Context) -> Answer:
    """Gives the draft back to its author, with the reason."""
    reason = " ".join(turn.incoming.text.split())
    if not reason:
        raise UserError("announcing-reason-wanted", limit=_REASON_LIMIT)
    within(reason, _REASON_LIMIT)
    await turn.done()
    try:
        draft = await to_decide(turn, turn.data["number"])
    except UserError as sorry:  # decided by somebody else meanwhile: this step is over
        return [turn.excuse(sorry)]
    if draft.version != turn.data["version"]:
        return await show(turn, draft, turn.say("announcing-changed"))
    return await _give_back(turn, draft, reason)


async def _give_back(turn: Context, draft: Draft, reason: str) -> Answer:
    def write(say: Speech) -> Message:
        correction = draft.is_correction
        key = "correcting-your-own-refused" if correction else "announcing-your-own-refused"
        text = say(key, number=str(draft.called), reason=reason)
        return Message(text, ((see_own_button(say, draft.number),),))

    await tell_author(turn.tx, turn.club, draft.announcement, "refused", write, about=turn.who)
    version = await announcements.version_of(turn.tx, draft.announcement)
    await announcements.decide(turn.tx, version, turn.member_id, reason=reason)
    await drafts.record(turn, draft, "announcement refused")
    await announcements.reopen(turn.tx, draft.announcement)
    return [turn.reply(turn.say("announcing-refused"))]


@routes.action("approval-reopen", role=Role.OFFICER)
async def reopen(turn: Context) -> Answer:
    """Takes back what waits: the author before it is approved, any officer while it is scheduled."""
    draft = await drafts.load_locked(turn, turn.number())
    if draft.state not in announcements.WAITING:
        raise UserError(f"announcing-now-{draft.state.value}")
    if draft.version != turn.number(1):
        return await show(turn, draft, turn.say("announcing-changed"))
    if draft.state is AnnouncementState.SCHEDULED:
        return await _unschedule(turn, draft)
    if not is_author(turn, draft):
        raise UserError("announcing-not-the-author")
    await drafts.record(turn, draft, "announcement withdrawn")
    await announcements.reopen(turn.tx, draft.announcement)
    return await show(turn, draft, turn.say("announcing-reopened"))


async def _unschedule(turn: Context, draft: Draft) -> Answer:
    await drafts.record(turn, draft, "announcement unscheduled")
    if is_author(turn, draft):
        await announcements.reopen(turn.tx, draft.announcement)
        return await show(turn, draft, turn.say("announcing-reopened"))

    def write(say: Speech) -> Message:
        text = say("announcing-your-own-unscheduled", number=str(draft.number))
        return Message(text, ((see_own_button(say, draft.number),),))

    await tell_author(turn.tx, turn.club, draft.announcement, "unscheduled", write)
    await announcements.reopen(turn.tx, draft.announcement)
    return [turn.instead(turn.say("announcing-unscheduled"))]


async def to_decide(turn: Context, number: int | None = None) -> Draft:
    """What waits for a yes or no, for somebody who did not write it.

    Raises:
        Sorry: it is this officer's own, or it does not wait any more.
    """
    draft = await drafts.load_locked(turn, turn.number() if number is None else number)
    if is_author(turn, draft):
        raise UserError("announcing-own-approval")
    if draft.state is not AnnouncementState.AWAITING_APPROVAL:
        raise UserError(f"announcing-now-{draft.state.value}")
    return draft
