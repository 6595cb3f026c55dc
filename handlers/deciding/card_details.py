"""Details on the card of a case: deadline, variants, similar cases, answers of reporters, notes."""

from collections.abc import Sequence
from datetime import date

from handlers.conversation import Context, Html
from handlers.deciding import forged_text
from handlers.flagging.matching import (
    Difference,
    SimilarPost,
    differences,
    similar_in_text_or_picture,
)
from handlers.flagging.post import FlaggedPost, unpack
from handlers.flagging.post_text import excerpt
from handlers.recognition.plain_text import opening
from handlers.views.defang import defang
from handlers.views.small_counts import alone
from handlers.views.verdict import day_of, say_day, verdict_in_short
from storage.cases import cases, notes, posts, queue, reporter_questions
from storage.database import batch_clock
from storage.members import members
from storage.models import Case, CaseNote, CasePost

_MOST_VARIANTS = 4
_MOST_ALIKE = 3
_MOST_ANSWERS = 3
_MOST_NOTES = 3
_EXCERPT_CHARACTERS = 100
_ANSWER_CHARACTERS = 150
_NOTE_CHARACTERS = 300


async def details(context: Context, case: Case) -> list[Html]:
    """The paragraphs of the details, without empty ones."""
    parts = [
        await forged_text.card_part(context, case),
        _deadline(context, case),
        await _separated_from(context, case),
        await _variants(context, case),
        await _similar_cases_text(context, case),
        await _reporters(context, case),
        await _notes(context, case),
    ]
    return [part for part in parts if part]


def is_late(context: Context, case: Case) -> bool:
    """Whether the case is open and its deadline is today or earlier."""
    return case.state in cases.OPEN and _last_day(context, case) <= day_of(
        context.now, context.club
    )


def _last_day(context: Context, case: Case) -> date:
    return queue.begun_on(case) + context.club.deadlines.by_category[case.category]


def _deadline(context: Context, case: Case) -> Html:
    if case.state not in cases.OPEN:
        return Html()
    return context.say(
        "case-late" if is_late(context, case) else "case-deadline",
        day=say_day(_last_day(context, case), context.club, context.say),
    )


async def _separated_from(context: Context, case: Case) -> Html:
    if case.distinct_from_id is None:
        return Html()
    return context.say(
        "case-distinct-from",
        code=(await context.tx.session.get_one(Case, case.distinct_from_id)).code,
    )


async def _variants(context: Context, case: Case) -> Html:
    """The other variants, each with its differences from the one most people sent in."""
    contents = [(post, _read(context, post)) for post in await posts.shown_of(context.tx, case)]
    written = [(post, words) for post, words in contents if words is not None]
    if len(written) < 2:
        return Html()
    first = written[0][1]
    others = written[1 : 1 + _MOST_VARIANTS]
    all_differences = differences(first, [words for _, words in others], context.offload)
    lines = [
        _variant(context, *other, difference)
        for other, difference in zip(others, all_differences, strict=True)
    ]
    return Html("\n".join([context.say("case-variants", count=len(written) - 1), *lines]))


def _variant(
    context: Context, post: CasePost, words: FlaggedPost, differs: Sequence[Difference]
) -> Html:
    line = context.say(
        "case-variant",
        flags=alone(batch_clock.shown_count(context.tx, post)).said(context.say),
        post=_excerpt(context, words),
    )
    difference_lines = say_differences(context, differs)
    return Html(f"{line}\n{difference_lines}") if difference_lines else line


def say_differences(context: Context, differs: Sequence[Difference]) -> Html:
    """One line for each difference: the first wording and the one in its place."""
    lines = [
        context.say("case-differs", there=there.strip() or "–", here=here.strip() or "–")
        for there, here in differs[:_MOST_VARIANTS]
    ]
    return Html("\n".join(lines))


def _read(context: Context, post: CasePost) -> FlaggedPost | None:
    content = posts.content_of(context.tx, post)
    return unpack(content) if content else None


def _excerpt(context: Context, post: FlaggedPost) -> Html:
    return excerpt(post, context.say, characters=_EXCERPT_CHARACTERS)


async def similar_cases(context: Context, case: Case) -> list[SimilarPost]:
    """Other cases similar to this one, the most similar first."""
    content = await posts.first_content(context.tx, case)
    if content is None:
        return []
    similar = await similar_in_text_or_picture(
        context.tx, unpack(content), context.offload, as_officer=True
    )
    return [post for post in similar if post.case.id != case.id][:_MOST_ALIKE]


async def _similar_cases_text(context: Context, case: Case) -> Html:
    lines = [await _similar_case_line(context, post) for post in await similar_cases(context, case)]
    return Html("\n".join([context.say("case-alike"), *lines])) if lines else Html()


async def _similar_case_line(context: Context, similar: SimilarPost) -> Html:
    verdict = await cases.newest_verdict(context.tx, similar.case)
    if verdict:
        return context.say(
            "case-alike-line", says=verdict_in_short(verdict, similar.case.code, context.say)
        )
    post = _read(context, similar.post)
    return context.say(
        "case-alike-line",
        says=context.say(
            "case-alike-open",
            code=similar.case.code,
            state=context.say(f"flag-state-{similar.case.state.value}"),
            post=_excerpt(context, post) if post else Html("–"),
        ),
    )


async def _reporters(context: Context, case: Case) -> Html:
    """What was asked of those who flagged it, and how some of the answers begin."""
    question = await reporter_questions.newest(context.tx, case)
    if question is None:
        return Html()
    head = context.say(
        "case-reporters-asked"
        if reporter_questions.is_open(question)
        else "case-reporters-asked-before",
        question=reporter_questions.text_of(context.tx, question) or "–",
        count=await reporter_questions.count_shown(context.tx, question),
    )
    lines = [
        context.say("case-answer-line", text=defang(opening(text, _ANSWER_CHARACTERS)))
        for text in await reporter_questions.shown_answers(
            context.tx, question, limit=_MOST_ANSWERS
        )
    ]
    return Html("\n".join([head, *lines]))


async def _notes(context: Context, case: Case) -> Html:
    newest = await notes.newest(context.tx, case, limit=_MOST_NOTES)
    lines = [await _note(context, note) for note in reversed(newest)]
    return Html("\n".join([context.say("case-notes"), *lines])) if lines else Html()


async def _note(context: Context, note: CaseNote) -> Html:
    name = ""
    if note.officer_id:
        name = members.name_of(context.tx, await members.get(context.tx, note.officer_id))
    return context.say(
        "case-note-line",
        name=name or "–",
        when=context.say.when(note.written_at),
        text=opening(notes.text_of(context.tx, note), _NOTE_CHARACTERS),
    )
