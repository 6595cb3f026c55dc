"""A changed copy of an official text, for officers: the genuine text, and what was changed."""

from dataclasses import dataclass, replace

from handlers.authenticity import look_up, wordings
from handlers.authenticity.answers import deviation_lines, name_of
from handlers.authenticity.look_up import Finding
from handlers.conversation import Context, Html, Speech
from handlers.flagging.official import message_of
from handlers.flagging.post import FlaggedPost, unpack
from handlers.flagging.redaction import mask
from handlers.recognition.official_copy import Wording
from handlers.recognition.plain_text import opening_words
from handlers.views.defang import defang
from storage.announcements import official_texts
from storage.announcements.official_texts import KnownText
from storage.cases import posts
from storage.models import Case

_OURS_CHARACTERS = 700


@dataclass(frozen=True)
class Imitation:
    """A flagged post, and the official text that it is a changed copy of."""

    known: KnownText
    wording: Wording
    finding: Finding | None
    """How they differ; None if nothing could be compared, as with a picture without words."""


async def of_case(context: Context, case: Case) -> Imitation | None:
    """What the post of a case imitates, as officers see it; None if nothing."""
    content = await posts.first_content(context.tx, case)
    post = unpack(content) if content else FlaggedPost()
    known = await official_texts.numbered(context.tx, post.imitates) if post.imitates else None
    if known is None:
        return None
    wording = _masked(wordings.unpack(known.wording))
    shown = replace(known, wording=wordings.pack(wording))
    finding = look_up.compared(context, message_of(post), shown)
    return Imitation(known, wording, finding)


def _masked(wording: Wording) -> Wording:
    """With personal numbers masked as in a flagged post, so that equal numbers still compare equal."""
    lines = tuple((mask(line), is_required) for line, is_required in wording.lines)
    return replace(wording, lines=lines, extras=tuple(map(mask, wording.extras)))


async def card_part(context: Context, case: Case) -> Html:
    """The genuine text and what differs, for the card of a case; the post stands below it."""
    imitation = await of_case(context, case)
    if imitation is None:
        return Html()
    name = await name_of(context, imitation.known, context.say)
    ours = "\n".join(line for line, is_required in imitation.wording.lines if is_required)
    parts = [
        context.say("imitation-of", name=name),
        context.say("imitation-ours", text=defang(opening_words(ours, _OURS_CHARACTERS))),
    ]
    if imitation.finding and imitation.finding.deviations:
        parts.append(deviation_lines(imitation.finding.deviations, context.say))
        parts += read_note(imitation, context.say)
    return Html("\n".join(parts))


def read_note(imitation: Imitation, say: Speech) -> list[Html]:
    """A line for officers if the words that differ were read in a picture; empty otherwise."""
    is_read = imitation.finding is not None and imitation.finding.is_read
    return [say("imitation-read")] if is_read else []
