"""Exactly what members will get, then what will be done with it and who may do it now."""

from dataclasses import replace

from handlers.announcement import Content, member_copy
from handlers.announcing import links, trial
from handlers.announcing.audience import audience
from handlers.announcing.drafts import Draft, is_author
from handlers.announcing.sources import host_of
from handlers.messages import Answer, Button, Message, Reply, Rows
from handlers.routes import Routes
from handlers.speech import Html, Speech
from handlers.turn import Turn
from storage.models import AnnouncementState, Role

routes = Routes()

_TITLE_ON_A_BUTTON = 40
_NO_NOTE = Html("")


async def show(turn: Turn, draft: Draft, note: Html = _NO_NOTE) -> Answer:
    """The copies, then the summary with what this officer may do."""
    intro = turn.say("announcing-preview")
    first = turn.instead(Html(f"{note}\n\n{intro}" if note else intro))
    control = turn.reply(await summary(turn, draft), controls(turn, draft))
    return [first, *_copies(turn, draft), control]


def short_title(content: Content) -> str:
    """The title, cut to what a button can show; of an untitled draft, a dash."""
    title = content.title or "–"
    cut = len(title) > _TITLE_ON_A_BUTTON
    return f"{title[:_TITLE_ON_A_BUTTON]}…" if cut else title


@routes.action("preview", role=Role.OFFICER)
async def sample(turn: Turn) -> Answer:
    """The buttons of a copy that is only looked at."""
    return [turn.toast(turn.say.plain("announcing-only-preview"))]


def _copies(turn: Turn, draft: Draft) -> list[Reply]:
    languages = ("vi", "en") if draft.content.html_en else ("vi",)
    copies = [member_copy(draft.content, draft.number, turn.speech(tag)) for tag in languages]
    return [Reply(_harmless(copy)) for copy in copies]


def _harmless(copy: Message) -> Message:
    rows = tuple(tuple(replace(b, action="preview") for b in row) for row in copy.rows)
    return replace(copy, rows=rows)


async def summary(turn: Turn, draft: Draft) -> Html:
    """Number, state, how many people where and when, and where it can be checked."""
    say, content = turn.say, draft.content
    lines = [
        say("announcing-summary", number=str(draft.number), version=str(draft.version)),
        await audience(turn, content.areas),
        _when(content, say),
        _source(content, say),
        *links.lines(say, content),
    ]
    if draft.state is not AnnouncementState.DRAFT:
        lines.append(say(f"announcing-now-{draft.state.value}"))
    if draft.state is AnnouncementState.AWAITING_APPROVAL and is_author(turn, draft):
        lines.append(say("announcing-author-waits"))
    return Html("\n".join(lines))


def _when(content: Content, say: Speech) -> Html:
    if content.send_at is None:
        return say("announcing-sent-once-approved")
    return say("announcing-sent-at", when=say.when(content.send_at))


def _source(content: Content, say: Speech) -> Html:
    checked = host_of(content.source_url) if content.source_url else content.source_ref
    return say("announcing-source", source=checked)


def controls(turn: Turn, draft: Draft) -> Rows:
    """What this officer may do with it now."""
    if is_author(turn, draft):
        return _author_controls(turn, draft)
    exact = (draft.number, draft.version)
    if draft.state is AnnouncementState.AWAITING_APPROVAL:
        approve = turn.button("announcing-approve", "approval-give", *exact)
        return ((approve, turn.button("announcing-refuse", "approval-refuse", *exact)),)
    if draft.state is AnnouncementState.SCHEDULED:
        return ((turn.button("announcing-unschedule", "approval-reopen", *exact),),)
    return ()


def _onward(turn: Turn, draft: Draft) -> Button:
    """Sends it in; before that, doubtful links have to be looked at."""
    exact = (draft.number, draft.version)
    if doubtful := links.unchecked(draft.content, draft.version):
        return turn.button("links-check", "links-checked", *exact, links.fingerprint(doubtful))
    key = "announcing-submit" if turn.club.approvals else "announcing-send"
    return turn.button(key, "draft-submit", *exact)


def _author_controls(turn: Turn, draft: Draft) -> Rows:
    exact = (draft.number, draft.version)
    edit = turn.button("announcing-edit", "compose-fields", draft.number)
    if draft.state is AnnouncementState.DRAFT:
        discard = turn.button("announcing-discard", "draft-discard", *exact)
        return ((_onward(turn, draft),), (edit, discard), (trial.button(turn, draft.number),))
    if draft.state is AnnouncementState.AWAITING_APPROVAL:
        return ((turn.button("announcing-withdraw", "approval-reopen", *exact), edit),)
    if draft.state is AnnouncementState.SCHEDULED:
        return ((turn.button("announcing-unschedule", "approval-reopen", *exact), edit),)
    return ()
