"""Answers a forged text to the whole club, in one tap from its case.

The answer is an announcement that says what was changed, with the genuine text's issuer and source,
and a verdict for those who flagged it. Both are approved by another officer if the club requires it.
"""

from dataclasses import replace

from handlers.announcing import drafts
from handlers.announcing.approval import submit
from handlers.announcing.compose import campaign
from handlers.announcing.compose.fields import with_defaults
from handlers.announcing.drafts import Draft as AnnouncementDraft
from handlers.authenticity.answers import deviation_lines, name_of
from handlers.conversation import Context, Html, Routes, Speech, UserError
from handlers.deciding.access import assign_if_free, is_mine, load_case, lock_case
from handlers.deciding.forged_text import Imitation, of_case, read_note
from handlers.deciding.verdict import approve
from handlers.deciding.verdict.draft import Draft
from handlers.deciding.verdict.publication import publish_draft
from handlers.messages import Answer, ButtonStyle, Message, Reply
from handlers.recognition.plain_text import opening_words, visible
from handlers.views.announcement import SAMPLE, Content, member_copy
from handlers.views.announcement import unpack as unpack_content
from storage.announcements import announcements, published
from storage.announcements.official_texts import KnownText
from storage.cases import cases
from storage.models import AuditAction, Case, OfficialKind, Rating, Role

routes = Routes()

_EXPLANATION_CHARACTERS = 900


@routes.action("imitation-answer", role=Role.OFFICER)
async def preview(context: Context) -> Answer:
    """Shows what the whole club would read, and offers to send exactly that."""
    case = await load_case(context)
    content, verdict, notes = await _answer_for(context, case)
    copy = member_copy(content, SAMPLE, context.speech("vi"))
    shown = Reply(Message(copy.text, (), preview=False))
    send = context.button(
        "imitation-send" if context.club.approvals else "imitation-send-now",
        "imitation-send",
        case.code,
        verdict.digest,
        style=ButtonStyle.SUCCESS,
    )
    back = context.button("back", "case", case.code)
    key = "imitation-question" if verdict.sources else "imitation-question-no-verdict"
    question = Html("\n".join((*notes, context.say(key, code=case.code))))
    return [shown, context.reply(question, ((send,), (back,)))]


@routes.action("imitation-send", role=Role.OFFICER)
async def send(context: Context) -> Answer:
    """Sends or submits the announcement, and publishes or proposes the verdict."""
    case = await lock_case(context)
    content, verdict, _ = await _answer_for(context, case)
    if context.args[1:] != (verdict.digest,):
        return await preview(context)
    await assign_if_free(context, case)
    if not is_mine(context, case):
        raise UserError("case-not-yours")
    if verdict.sources:
        await _decide(context, case, verdict)
    announcement = await announcements.start(context.tx, context.member_id)
    draft = await drafts.save_content(
        context, AnnouncementDraft(announcement, Content()), with_defaults(context, content)
    )
    draft = await drafts.save_content(context, draft, campaign.denied(draft.content))
    return await submit.send_in(context, draft)


async def _decide(context: Context, case: Case, verdict: Draft) -> None:
    if context.club.verdict_approval:
        await approve.ask_others(context, case, verdict)
    else:
        await publish_draft(context, case, verdict, context.member_id, AuditAction.CASE_DECIDED)


async def _answer_for(context: Context, case: Case) -> tuple[Content, Draft, list[Html]]:
    """The announcement and the verdict that answer a forged text, and what to check before.

    Raises:
        UserError: the case is about something else, or is decided.
    """
    imitation = await of_case(context, case)
    if imitation is None or case.verdict_version:
        raise UserError("button-unknown")
    vietnamese, english = context.speech("vi"), context.speech("en")
    original = await _original(context, imitation.known)
    name = await name_of(context, imitation.known, vietnamese)
    name_en = await name_of(context, imitation.known, english)
    content = replace(
        original,
        title=vietnamese.plain("imitation-title", name=visible(name)),
        html=_text(imitation, name, vietnamese),
        title_en=english.plain("imitation-title", name=visible(name_en)),
        html_en=_text(imitation, name_en, english),
    )
    verdict = Draft(
        code=case.code,
        rating=Rating.FALSE,
        claim=vietnamese.plain("imitation-claim", name=visible(name)),
        explanation=_explanation(imitation, visible(name), vietnamese),
        sources=(original.source_url,) if original.source_url else (),
    )
    return content, verdict, read_note(imitation, context.say)


async def _original(context: Context, known: KnownText) -> Content:
    """Issuer and source of the genuine text, as the beginning of a new announcement."""
    if known.kind is OfficialKind.VERDICT:
        case = await cases.numbered(context.tx, known.case_id or 0)
        verdict = await cases.newest_verdict(context.tx, case)
        source = verdict.sources[0] if verdict else ""
        return Content(issuer=context.club.issuers[0], source_url=source)
    about = known.announcement.id if known.announcement else 0
    packed = await published.content_of_version(context.tx, about, known.current_version)
    content = unpack_content(packed) if packed else Content()
    return Content(
        issuer=content.issuer, source_url=content.source_url, source_ref=content.source_ref
    )


def _text(imitation: Imitation, name: Html, say: Speech) -> Html:
    parts = [say("imitation-text", name=name)]
    if imitation.finding and imitation.finding.deviations:
        parts.append(deviation_lines(imitation.finding.deviations, say))
    parts.append(say("imitation-advice"))
    return Html("\n\n".join(parts))


def _explanation(imitation: Imitation, name: str, say: Speech) -> str:
    lines = [say.plain("imitation-explanation", name=name)]
    if imitation.finding and imitation.finding.deviations:
        lines.append(visible(deviation_lines(imitation.finding.deviations, say)))
    return opening_words("\n".join(lines), _EXPLANATION_CHARACTERS)
