"""The author's side: sending it in for approval, taking it back, throwing it away."""

from dataclasses import replace

from handlers.announcing import apply_correction, drafts, release, send_time
from handlers.announcing.approval.decide import outcome
from handlers.announcing.compose import flow, link_check
from handlers.announcing.compose.fields import first_open
from handlers.announcing.compose.length_check import worst_excess
from handlers.announcing.compose.preview import controls, short_title, show, summary
from handlers.announcing.drafts import Draft
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Speech
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Message
from handlers.notifications import tell_officers
from storage.announcements import announcements
from storage.members import members
from storage.models import AnnouncementState, Role

routes = Routes()


@routes.action("draft-submit", role=Role.OFFICER)
async def submit(turn: Context) -> Answer:
    """Asks the other officers; where the club needs nobody's approval, it goes out."""
    return await send_in(turn, await _draft(turn))


async def send_in(turn: Context, draft: Draft, *, at_night: bool = False) -> Answer:
    """The same, with or without leave to go out in the quiet hours."""
    if draft.version != turn.number(1):
        return await show(turn, draft, turn.say("announcing-changed"))
    if first_open(turn, draft.content) or worst_excess(turn, draft):
        return await flow.proceed(turn, draft)
    if link_check.unchecked(draft.content, draft.version):
        return await show(turn, draft, turn.say("links-check-first"))
    _check_times(turn, draft, at_night=at_night)
    await apply_correction.check(turn.tx, draft.announcement, draft.content)
    await announcements.submit(turn.tx, draft.announcement, due_at=draft.content.valid_until)
    await drafts.record(turn, draft, "announcement submitted")
    await turn.done()
    draft.announcement.at_night = at_night
    return await (_ask_others(turn, draft) if turn.club.approvals else _send(turn, draft))


@routes.action("links-checked", role=Role.OFFICER)
async def links_checked(turn: Context) -> Answer:
    """The author has looked at every doubtful link, those of exactly this version."""
    draft = await _draft(turn)
    doubtful = link_check.unchecked(draft.content, draft.version)
    shown = turn.args[1:] == (str(draft.version), link_check.fingerprint(doubtful))
    if not shown:
        return await show(turn, draft, turn.say("announcing-changed"))
    if len(doubtful) > link_check.MOST_DOUBTFUL:
        raise UserError("links-too-many", most=link_check.MOST_DOUBTFUL)
    checked = link_check.checked_now(draft.content, draft.version)
    draft = await drafts.save_content(turn, draft, replace(draft.content, checked=checked))
    await drafts.record(turn, draft, "links checked")
    return [turn.instead(await summary(turn, draft), controls(turn, draft))]


def _check_times(turn: Context, draft: Draft, *, at_night: bool) -> None:
    # What is urgent may still be let out at night by whoever approves it.
    left_open = draft.content.urgent and turn.club.approvals > 0
    send_time.check(turn, draft.content, at_night=at_night or left_open)
    if draft.content.send_at and draft.content.send_at <= turn.now:
        raise UserError("announcing-send-at-over")


async def _ask_others(turn: Context, draft: Draft) -> Answer:
    def write(say: Speech) -> Message:
        correction = draft.is_correction
        key = "correcting-please-approve" if correction else "announcing-please-approve"
        text = say(key, title=draft.content.title, number=str(draft.called))
        see = Button(say.plain("announcing-see"), action=f"approval-see:{draft.number}")
        return Message(text, ((see,),))

    others = await members.officers(turn.tx, but=turn.member_id)
    subject = f"approval {draft.number} v{draft.version}"
    await tell_officers(turn.tx, turn.club, others, subject, write, about=turn.who)
    lacking = turn.club.approvals > len(others)
    key = "announcing-submitted-to-nobody" if lacking else "announcing-submitted"
    see = release.see_own_button(turn.say, draft.number)
    return [turn.instead(turn.say(key, count=turn.club.approvals), ((see,),))]


async def _send(turn: Context, draft: Draft) -> Answer:
    await drafts.release_draft(turn, draft)
    see = release.see_own_button(turn.say, draft.number)
    return [turn.instead(outcome(turn, draft), ((see,),))]


@routes.action("draft-discard", role=Role.OFFICER)
async def discard(turn: Context) -> Answer:
    """Asks once more: what is thrown away is gone."""
    draft = await _draft(turn)
    sure = turn.button("announcing-discard-sure", "draft-discard-sure", draft.number, draft.version)
    back = turn.button("back", "compose-go-on", draft.number)
    text = turn.say("announcing-discard-question", title=short_title(draft.content))
    return [turn.instead(text, ((back, sure),))]


@routes.action("draft-discard-sure", role=Role.OFFICER)
async def discard_surely(turn: Context) -> Answer:
    """Gives up a draft for good."""
    draft = await _draft(turn)
    if draft.version != turn.number(1):
        return await show(turn, draft, turn.say("announcing-changed"))
    announcements.transition(draft.announcement, AnnouncementState.WITHDRAWN)
    await drafts.record(turn, draft, "announcement discarded")
    await turn.done()
    return [turn.instead(turn.say("announcing-now-withdrawn"))]


async def _draft(turn: Context) -> Draft:
    draft = await drafts.load_own(turn, turn.number())
    if draft.state is not AnnouncementState.DRAFT:
        raise UserError(f"announcing-now-{draft.state.value}")
    return draft
