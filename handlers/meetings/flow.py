"""`/hop`: takes an invitation as one text, shows its card, and asks for one field at a time."""

from dataclasses import replace

from handlers.conversation import Context, Html, Routes, UserError, found, require
from handlers.meetings import meeting_text, proposals
from handlers.meetings.card import show
from handlers.meetings.card_fields import FIELDS, Field, field_named, missing
from handlers.meetings.content import Content, MeetingKind, unpack
from handlers.meetings.proposals import Proposal
from handlers.messages import Answer, Button, Rows
from handlers.recognition.plain_text import shortened
from storage.database import id_of
from storage.meetings import meetings
from storage.models import Meeting, MeetingState, Role

routes = Routes()

WHOLE, FIELD = "meeting.whole", "meeting.field"
"""Steps of a chat: the whole text is awaited, or the value of one field."""
_MOST_OFFERED = 3
_TITLE_CHARACTERS = 30
_NO_NOTE = Html("")


@routes.command("hop", "meeting", role=Role.OFFICER)
async def compose(context: Context) -> Answer:
    """Asks for the whole invitation; offers what is unfinished and the list of meetings."""
    await context.set_state(WHOLE)
    unfinished = await meetings.drafts_of(context.tx, context.member_id)
    rows = [(_go_on_button(context, one),) for one in unfinished[:_MOST_OFFERED]]
    listed = context.button("meeting-list-button", "meeting-list")
    cancel = context.button("cancel", "cancel")
    return [context.reply(context.say("meeting-send-whole"), (*rows, (listed,), (cancel,)))]


def _go_on_button(context: Context, meeting: Meeting) -> Button:
    title = unpack(meeting.proposal or {}).title or context.say.plain("meeting-untitled")
    key = "meeting-go-on-change" if meeting.state is MeetingState.OPEN else "meeting-go-on"
    return context.button(
        key, "meeting-card", id_of(meeting), title=shortened(title, _TITLE_CHARACTERS)
    )


routes.passive_step(WHOLE)


@routes.step(WHOLE, role=Role.OFFICER)
async def take_text(context: Context) -> Answer:
    """Takes the message as the whole invitation; its files become documents."""
    incoming = context.incoming
    require(incoming.text.strip() or incoming.files, "meeting-whole-wanted")
    content = Content()
    if incoming.files:
        content = FIELDS[Field.DOCUMENTS].read(context, content)
    note = context.say("meeting-recognised")
    if incoming.text.strip():
        content = meeting_text.filled(content, incoming.html, context.club, context.now)
        if meeting_text.is_too_long(incoming.html, content):
            note = context.say("meeting-agenda-too-long")
    proposal = await proposals.save(context, await proposals.start(context), content)
    return await proceed(context, proposal, note)


async def proceed(context: Context, proposal: Proposal, note: Html = _NO_NOTE) -> Answer:
    """Asks for the first missing field, else shows the card."""
    if fields := missing(context, proposal.content):
        return await _ask(context, proposal, fields[0], note)
    return await _show_card(context, proposal, note)


async def _show_card(context: Context, proposal: Proposal, note: Html = _NO_NOTE) -> Answer:
    await context.clear_state()
    return await show(context, proposal, note)


@routes.action("meeting-card", role=Role.OFFICER)
async def back_to_card(context: Context) -> Answer:
    """Leaves a question without an answer."""
    return await _show_card(context, await proposals.load_own(context, context.number()))


@routes.action("meeting-change", role=Role.OFFICER)
async def change(context: Context) -> Answer:
    """Begins, or goes on with, a change of an open meeting."""
    meeting = found(await meetings.lock(context.tx, context.number()), "meeting-gone")
    require(meeting.state is MeetingState.OPEN, "meeting-ended")
    proposal = await proposals.begin_change(context, meeting)
    return await _show_card(context, proposal, context.say("meeting-change-begun"))


@routes.action("meeting-edit", role=Role.OFFICER)
async def edit(context: Context) -> Answer:
    """Asks for one field."""
    proposal = await proposals.load_own(context, context.number())
    field = field_named(context.args[1] if len(context.args) > 1 else "")
    return await _ask(context, proposal, field)


async def _ask(context: Context, proposal: Proposal, field: Field, note: Html = _NO_NOTE) -> Answer:
    await context.set_state(FIELD, meeting=proposal.id, field=field.value)
    value = FIELDS[field].shown(proposal.content, context.say, context.club)
    lines = [note, context.say(f"meeting-ask-{field.value}")]
    if value and field not in _BY_BUTTON:
        lines.append(context.say("meeting-present", value=shortened(value, 500)))
    text = Html("\n\n".join(filter(None, lines)))
    return [
        context.edit(text, (*_picks(context, proposal, field), *_ways(context, proposal, field)))
    ]


_BY_BUTTON = (Field.KIND, Field.AREAS)


def _picks(context: Context, proposal: Proposal, field: Field) -> Rows:
    if field is Field.KIND:
        return tuple(
            (_pick(context, proposal, field, kind.value, f"meeting-kind-{kind.value}"),)
            for kind in MeetingKind
        )
    return _area_picks(context, proposal) if field is Field.AREAS else ()


def _pick(context: Context, proposal: Proposal, field: Field, value: str, key: str) -> Button:
    return context.button(key, "meeting-pick", proposal.id, field.value, value)


def _area_picks(context: Context, proposal: Proposal) -> Rows:
    chosen = proposal.content.areas
    labels = [("all", context.say.plain("announcing-everyone"), not chosen)]
    labels += [(str(at), a.name, a.id in chosen) for at, a in enumerate(context.club.areas)]
    args = (proposal.id, Field.AREAS.value)
    return tuple(
        (
            Button(
                f"✓ {label}" if is_chosen else label,
                action=":".join(["meeting-pick", *map(str, args), value]),
            ),
        )
        for value, label, is_chosen in labels
    )


def _ways(context: Context, proposal: Proposal, field: Field) -> Rows:
    """Out of the question: to the card, or without a value."""
    key = "meeting-done" if field in (Field.AREAS, Field.DOCUMENTS) else "back"
    ways = [context.button(key, "meeting-card", proposal.id)]
    rules = FIELDS[field]
    if rules.without and rules.shown(proposal.content, context.say, context.club):
        ways.append(context.button("meeting-leave-out", "meeting-clear", proposal.id, field.value))
    return (tuple(ways),)


@routes.action("meeting-pick", role=Role.OFFICER)
async def pick(context: Context) -> Answer:
    """Takes a value that was tapped."""
    proposal = await proposals.load_own(context, context.number())
    require(len(context.args) > 2, "button-unknown")
    field, value = field_named(context.args[1]), context.args[2]
    if field is Field.AREAS:
        saved = await proposals.save(context, proposal, _toggled(context, proposal.content, value))
        return await _ask(context, saved, field)
    require(field is Field.KIND and value in {kind.value for kind in MeetingKind}, "button-unknown")
    content = replace(proposal.content, kind=MeetingKind(value))
    return await proceed(context, await proposals.save(context, proposal, content))


def _toggled(context: Context, content: Content, value: str) -> Content:
    if value == "all":
        return replace(content, areas=())
    areas = context.club.areas
    require(value.isdecimal() and int(value) < len(areas), "button-unknown")
    toggled = {*content.areas} ^ {areas[int(value)].id}
    return replace(content, areas=tuple(area.id for area in areas if area.id in toggled))


@routes.action("meeting-clear", role=Role.OFFICER)
async def clear(context: Context) -> Answer:
    """Removes the value of a field."""
    proposal = await proposals.load_own(context, context.number())
    field = field_named(context.args[1] if len(context.args) > 1 else "")
    without = found(FIELDS[field].without, "button-unknown")
    return await proceed(
        context, await proposals.save(context, proposal, without(proposal.content))
    )


@routes.step(FIELD, role=Role.OFFICER)
async def answered(context: Context) -> Answer:
    """Takes the message as the value of the field that was asked for."""
    try:
        proposal = await proposals.load_own(context, context.data["meeting"])
    except UserError as refusal:  # approved meanwhile: the next message is about something else
        await context.clear_state()
        return [context.error_reply(refusal)]
    field = field_named(context.data["field"])
    saved = await proposals.save(context, proposal, FIELDS[field].read(context, proposal.content))
    if field is Field.DOCUMENTS:
        return await _ask(context, saved, field, context.say("meeting-document-added"))
    return await proceed(context, saved, context.say("meeting-noted"))


@routes.action("meeting-discard", role=Role.OFFICER)
async def discard(context: Context) -> Answer:
    """Asks before what was written is thrown away."""
    proposal = await proposals.load_own(context, context.number())
    sure = context.button(
        "meeting-discard-sure", "meeting-discard-sure", proposal.id, proposal.version
    )
    back = context.button("back", "meeting-card", proposal.id)
    return [context.edit(context.say("meeting-discard-question"), ((back, sure),))]


@routes.action("meeting-discard-sure", role=Role.OFFICER)
async def discard_confirmed(context: Context) -> Answer:
    """Throws it away; an open meeting stays as members know it."""
    proposal = await proposals.load_own(context, context.number())
    require(proposal.version == context.number(1), "meeting-changed-since")
    await meetings.drop_proposal(context.tx, proposal.meeting)
    await context.clear_state()
    key = "meeting-change-discarded" if proposal.is_change else "meeting-discarded"
    return [context.final(context.say(key))]
