"""The answer about a message: whether it is the club's own, and the current text."""

from collections.abc import Sequence
from datetime import datetime

from handlers.authenticity import codes
from handlers.authenticity.look_up import Authenticity, Finding, finding_of
from handlers.conversation import Context, Html, Speech
from handlers.messages import Message, Reply, Rows
from handlers.recognition.official_copy import Deviation
from handlers.recognition.plain_text import opening_words
from handlers.views.announcement import SAMPLE, Content, member_copy, source_lines, unpack
from handlers.views.defang import defang
from handlers.views.verdict import verdict_text
from storage.announcements import official_texts, published
from storage.announcements.official_texts import KnownText
from storage.announcements.references import Reference
from storage.cases import cases
from storage.models import OfficialKind, Verdict

_DEVIATIONS_MAX = 6
_DEVIATION_CHARACTERS = 160


async def answer(
    context: Context, finding: Finding, *, note: Html | None = None, rows: Rows = ()
) -> list[Reply]:
    """The answer, with `note` and `rows` below it; then the current text, where that helps."""
    parts = [await _finding_line(context, finding), *([note] if note else [])]
    first = context.reply(Html("\n\n".join(filter(None, parts))), rows)
    return [first, *await _current_text(context, finding)]


async def answer_to_code(context: Context, known: KnownText) -> list[Reply]:
    """The answer to a code: whether its version is current, and exactly this version."""
    finding = finding_of(known)
    first = context.reply(await _finding_line(context, finding))
    if known.is_recalled:
        return [first]
    shown = await _exact_copy(context, known)
    later = await _current_text(context, finding)
    return [first, *([Reply(shown)] if shown else []), *later]


def deviation_lines(deviations: Sequence[Deviation], say: Speech) -> Html:
    """The words that differ, of the club and of the copy; after six differences their number."""
    lines = [
        say("genuine-differs", ours=_words(one.ours, say), theirs=_words(one.theirs, say))
        for one in deviations[:_DEVIATIONS_MAX]
    ]
    if (more := len(deviations) - _DEVIATIONS_MAX) > 0:
        lines.append(say("genuine-differs-more", count=more))
    return Html("\n".join(lines))


def _words(words: str, say: Speech) -> Html:
    shown = words.strip(" .,;:")
    if not shown:
        return say("genuine-no-words")
    return Html(f"“{defang(opening_words(shown, _DEVIATION_CHARACTERS))}”")


async def name_of(context: Context, known: KnownText, say: Speech) -> Html:
    """What a text is: `Thông báo số 12`, or the verdict on a case."""
    if known.kind is OfficialKind.VERDICT and known.case_id is not None:
        case = await cases.numbered(context.tx, known.case_id)
        return say("genuine-name-verdict", code=case.code)
    return say(f"genuine-name-{known.kind.value}", number=_announcement(known).label)


def _announcement(known: KnownText) -> Reference:
    return known.announcement or SAMPLE


async def _finding_line(context: Context, finding: Finding) -> Html:
    say, known = context.say, finding.known
    name = await name_of(context, known, say)
    values = {"name": name, "day": say.day(known.went_out_at)}
    match finding.authenticity:
        case Authenticity.GENUINE:
            return _joined(say("genuine-yes", **values), await _validity(context, known))
        case Authenticity.QUOTE:
            return _joined(say("genuine-quote", **values), await _validity(context, known))
        case Authenticity.LOOKALIKE:
            if known.is_recalled:
                is_notice = known.kind is OfficialKind.RECALL
                key = "genuine-lookalike-recall" if is_notice else "genuine-lookalike-recalled"
                return say(key, **values)
            key = _lookalike_key(finding)
            return _joined(say(key, **values), await _validity(context, known))
        case Authenticity.OUTDATED:
            key = "genuine-recalled" if known.is_recalled else "genuine-outdated"
            return say(key, **values)
        case Authenticity.CHANGED:
            key = "genuine-changed-picture" if finding.is_read else "genuine-changed"
            parts = [say(key, **values)]
            parts.append(deviation_lines(finding.deviations, say))
            parts.append(await _source(context, known))
            if not known.is_current:
                parts.append(say("genuine-changed-outdated"))
            return _joined(*parts)


def _lookalike_key(finding: Finding) -> str:
    if not finding.is_read:
        return "genuine-lookalike"
    return "genuine-lookalike-read" if finding.known.is_current else "genuine-lookalike-outdated"


def _joined(*parts: Html) -> Html:
    return Html("\n\n".join(filter(None, parts)))


async def _validity(context: Context, known: KnownText) -> Html:
    """Whether the text is still valid, and its official source."""
    say = context.say
    if known.is_recalled and known.kind is not OfficialKind.RECALL:
        return say("genuine-recalled-since")
    until = await _valid_until(context, known)
    if until and until <= context.now:
        return _joined(say("genuine-over", when=say.moment(until)), await _source(context, known))
    valid = say("genuine-valid") if known.kind is not OfficialKind.RECALL else Html()
    return Html("\n".join(filter(None, (valid, await _source(context, known)))))


async def _source(context: Context, known: KnownText) -> Html:
    """Where the text can be verified without the bot."""
    say = context.say
    if known.kind is OfficialKind.VERDICT:
        verdict = await _verdict(context, known)
        urls = verdict.sources if verdict else []
        return Html("\n".join(say("announcement-source-url", url=url) for url in urls[:3]))
    content = await _content(context, known)
    if content is None or known.kind is OfficialKind.RECALL:
        return Html()
    return source_lines(content, _announcement(known), say)


async def _valid_until(context: Context, known: KnownText) -> datetime | None:
    if known.kind is OfficialKind.VERDICT:
        verdict = await _verdict(context, known)
        return verdict.valid_until if verdict else None
    if known.kind is OfficialKind.RECALL:
        return None
    content = await _content(context, known)
    return content.valid_until if content else None


async def _current_text(context: Context, finding: Finding) -> list[Reply]:
    """The current text, for an outdated message, a quote, a picture, or the notice of a correction.

    For a changed copy only where the words were read in a picture: what is read has to be compared.
    """
    known = finding.known
    if finding.authenticity is Authenticity.GENUINE and known.kind is not OfficialKind.CORRECTION:
        return []
    is_changed = finding.authenticity is Authenticity.CHANGED
    if known.is_recalled or (is_changed and not (finding.is_read and known.is_current)):
        return []
    shown = await current_copy(context, known)
    return [Reply(shown)] if shown else []


async def current_copy(context: Context, known: KnownText) -> Message | None:
    """The current text as members read it, without buttons.

    None if it was recalled, or if a correction is for officers only and this person got no copy.
    """
    if known.kind is OfficialKind.VERDICT:
        return await _verdict_copy(context, known, version=0)
    if known.is_recalled or known.announcement is None:
        return None
    which, version = known.announcement, known.current_version
    packed = await published.content_of_version(context.tx, which.id, version)
    if packed and not unpack(packed).is_for_sharing and not await _got_copy(context, known):
        return None
    return await _announcement_copy(context, which, version, context.say)


async def _got_copy(context: Context, known: KnownText) -> bool:
    is_member = context.role is not None
    return is_member and await official_texts.got_copy(context.tx, known, context.member_id)


async def _exact_copy(context: Context, known: KnownText) -> Message | None:
    """Exactly this version, in its language."""
    if known.kind is OfficialKind.VERDICT:
        return await _verdict_copy(context, known, version=known.version)
    say = context.speech(known.language)
    return await _announcement_copy(context, _announcement(known), known.version, say)


async def _announcement_copy(
    context: Context, which: Reference, version: int, say: Speech
) -> Message | None:
    packed = await published.content_of_version(context.tx, which.id, version)
    if not packed:
        return None
    copy = member_copy(unpack(packed), which, say)
    return Message(copy.text, (), copy.media, preview=copy.preview, album=copy.album)


async def _verdict_copy(context: Context, known: KnownText, *, version: int) -> Message | None:
    """A version of a verdict in its language; with `version` 0, the newest in the reader's."""
    case = await cases.numbered(context.tx, known.case_id or 0)
    say = context.speech(known.language) if version else context.say
    version = version or case.verdict_version
    verdict = await cases.verdict_of_version(context.tx, case, version)
    return Message(verdict_text(verdict, case.code, say, now=context.now)) if verdict else None


async def _content(context: Context, known: KnownText) -> Content | None:
    about = _announcement(known).id
    packed = await published.content_of_version(context.tx, about, known.version)
    return unpack(packed).in_language(context.say.language) if packed else None


async def _verdict(context: Context, known: KnownText) -> Verdict | None:
    case = await cases.numbered(context.tx, known.case_id or 0)
    return await cases.verdict_of_version(context.tx, case, known.version)


def code_line(code: str, say: Speech) -> Html:
    """The line with the code below a text that is shared; empty without a code."""
    return say("genuine-code", code=codes.grouped(code)) if code else Html()
