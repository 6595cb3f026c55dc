"""The card of a proposal: the invitation as members will get it, its fields, and the next steps."""

from dataclasses import replace

from handlers.conversation import Context, Html, Speech
from handlers.meetings.card_fields import FIELDS, Field, applying, missing
from handlers.meetings.content import Content
from handlers.meetings.invitation import invitation, span
from handlers.meetings.proposals import Proposal
from handlers.messages import Answer, Button, ButtonStyle, Message, Reply, Rows
from handlers.recognition.plain_text import shortened

_VALUE_CHARACTERS = 24
"""What two buttons beside each other leave for a value."""
_GAP = "…"
_NO_NOTE = Html("")


async def show(context: Context, proposal: Proposal, note: Html = _NO_NOTE) -> Answer:
    """The copies as members get them, then the card with this officer's buttons."""
    intro = context.say("meeting-preview")
    first = context.edit(Html(f"{note}\n\n{intro}" if note else intro))
    text, rows = control(context, proposal)
    return [first, *_copies(context, proposal), context.reply(text, rows)]


def control(context: Context, proposal: Proposal) -> tuple[Html, Rows]:
    """The summary of the proposal, and the buttons for what this officer may do with it now."""
    lines = [_audience(context, proposal.content), *_changes(context, proposal)]
    is_own = proposal.meeting.proposer_id == context.member_id
    if proposal.meeting.is_pending:
        lines.append(context.say("meeting-waits" if is_own else "meeting-please-decide"))
        return Html("\n".join(lines)), _deciding_rows(context, proposal, is_own=is_own)
    lines += _missing_line(context, proposal.content)
    return Html("\n".join(lines)), _editing_rows(context, proposal)


def _audience(context: Context, content: Content) -> Html:
    people = FIELDS[Field.AREAS].shown(content, context.say, context.club)
    return context.say("meeting-for-whom", people=people)


def _changes(context: Context, proposal: Proposal) -> list[Html]:
    """What a change of an open meeting changes, for whoever approves it."""
    if not proposal.is_change:
        return []
    changed = changed_fields(context, proposal.approved, proposal.content)
    if not changed:
        return [context.say("meeting-nothing-changed")]
    return [context.say("meeting-changes"), *changed]


def changed_fields(context: Context, before: Content, after: Content) -> list[Html]:
    """A line for each field that differs."""
    lines = []
    for field in applying(context, after):
        old, new = (FIELDS[field].shown(c, context.say, context.club) for c in (before, after))
        if old != new:
            lines.append(_change(context.say, field, old, new))
    return lines


def _change(say: Speech, field: Field, old: str, new: str) -> Html:
    name = say.plain(f"meeting-field-{field.value}")
    return say("meeting-change", field=name, old=_short(old) or "–", new=_short(new) or "–")


def moved_lines(say: Speech, before: Content, after: Content) -> list[Html]:
    """What changed of time and place, for members: old → new."""
    pairs = [
        (Field.TIMES, span(say, before), span(say, after)),
        (Field.PLACE, before.place, after.place),
        (Field.LINK, before.link, after.link),
    ]
    return [
        say(
            "meeting-change",
            field=say.plain(f"meeting-field-{f.value}"),
            old=o or "–",
            new=n or "–",
        )
        for f, o, n in pairs
        if o != n
    ]


def _short(value: str) -> str:
    return shortened(" ".join(value.split()), 80)


def _missing_line(context: Context, content: Content) -> list[Html]:
    fields = [context.say.plain(f"meeting-field-{f.value}") for f in missing(context, content)]
    return [context.say("announcing-missing", fields=", ".join(fields))] if fields else []


def _editing_rows(context: Context, proposal: Proposal) -> Rows:
    buttons = [_field_button(context, proposal, f) for f in applying(context, proposal.content)]
    pairs = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    args = (proposal.id, proposal.version)
    key = "meeting-discard-change" if proposal.is_change else "meeting-discard"
    discard = context.button(key, "meeting-discard", *args)
    if missing(context, proposal.content):
        return (*pairs, (discard,))
    submit = context.button("meeting-submit", "meeting-submit", *args, style=ButtonStyle.PRIMARY)
    return (*pairs, (discard,), (submit,))


def _field_button(context: Context, proposal: Proposal, field: Field) -> Button:
    say, rules = context.say, FIELDS[field]
    edit = ("meeting-edit", proposal.id, field.value)
    name = say.plain(f"meeting-field-{field.value}")
    if rules.is_missing(proposal.content):
        return context.button("announcing-card-missing", *edit, field=name)
    value = " ".join(rules.shown(proposal.content, say, context.club).split())
    key = "announcing-card-given" if value else "announcing-card-empty"
    return context.button(key, *edit, field=name, value=shortened(value, _VALUE_CHARACTERS))


def _deciding_rows(context: Context, proposal: Proposal, *, is_own: bool) -> Rows:
    args = (proposal.id, proposal.version)
    if is_own:
        return ((context.button("meeting-take-back", "meeting-take-back", *args),),)
    approve = context.button(
        "announcing-approve", "meeting-approve", *args, style=ButtonStyle.SUCCESS
    )
    return ((approve, context.button("announcing-refuse", "meeting-refuse", *args)),)


def _copies(context: Context, proposal: Proposal) -> list[Reply]:
    languages = ("vi", "en") if proposal.content.title_en else ("vi",)
    content = replace(proposal.content, title=proposal.content.title or _GAP)
    copies = [invitation(context.speech(tag), content, proposal.id) for tag in languages]
    return [Reply(_inert(copy)) for copy in copies]


def _inert(copy: Message) -> Message:
    """The copy with buttons that only explain; they are not numbered choices either."""
    rows = tuple(
        tuple(replace(button, action="preview", sample=True) for button in row) for row in copy.rows
    )
    return replace(copy, rows=rows)
