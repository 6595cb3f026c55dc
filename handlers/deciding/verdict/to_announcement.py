"""Starts an announcement from a verdict with one button."""

from handlers.announcing import drafts
from handlers.announcing.compose import flow
from handlers.announcing.compose.fields import with_defaults
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Html, Routes, Speech, found
from handlers.deciding.access import load_case
from handlers.messages import Answer
from handlers.recognition.plain_text import opening
from handlers.views.announcement import Content
from storage.announcements import announcements
from storage.cases import cases
from storage.models import Case, Role, Verdict

routes = Routes()

_TITLE_CHARACTERS = 120


@routes.action("caseannounce", role=Role.OFFICER)
async def announce(context: Context) -> Answer:
    """Opens the card of an announcement with the verdict's text and source."""
    case = await load_case(context)
    verdict = found(await cases.newest_verdict(context.tx, case), "flag-no-verdict-yet")
    saved = await drafts.save_content(
        context,
        Draft(await announcements.start(context.tx, context.member_id), Content()),
        with_defaults(context, _content(context, case, verdict)),
    )
    return await flow.proceed(context, saved, context.say("case-announce-note"))


def _content(context: Context, case: Case, verdict: Verdict) -> Content:
    vietnamese = context.speech("vi")
    return Content(
        title=_title(vietnamese, verdict),
        html=_text(vietnamese, verdict),
        source_url=verdict.sources[0],
        source_ref=vietnamese(
            "case-announce-ref", code=case.code, day=vietnamese.day(verdict.decided_at)
        ),
        valid_until=verdict.valid_until,
    )


def _title(say: Speech, verdict: Verdict) -> str:
    return say.plain(
        "case-announce-title",
        rating=say.plain(f"verdict-rating-{verdict.rating.value}"),
        claim=opening(verdict.claim.rstrip("."), _TITLE_CHARACTERS),
    )


def _text(say: Speech, verdict: Verdict) -> Html:
    more = verdict.sources[1:]
    links = Html("\n".join(say("verdict-source", url=url) for url in more))
    text = say("case-announce-text", claim=verdict.claim, explanation=verdict.explanation)
    return Html(f"{text}\n\n{links}") if more else text
