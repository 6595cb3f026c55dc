"""What an officer has to know around a case: its deadline, its variants, what resembles it, notes."""

from collections.abc import Sequence
from datetime import date

from handlers.conversation.context import Context
from handlers.conversation.i18n import Html
from handlers.flagging.matching import Difference, SimilarPost, differences, resembling
from handlers.flagging.post import FlaggedPost, unpack
from handlers.flagging.post_text import excerpt
from handlers.messages import Button
from handlers.recognition.plain_text import opening
from handlers.views.small_counts import alone
from handlers.views.verdict import day_of, say_day, verdict_in_short
from storage.cases import cases, notes, posts
from storage.database import batch_clock
from storage.members import members
from storage.models import Case, CaseNote, CasePost

_MOST_VARIANTS = 4
_MOST_ALIKE = 3
_MOST_NOTES = 3
_EXCERPT_CHARACTERS = 100
_NOTE_CHARACTERS = 300


async def around(turn: Context, case: Case) -> list[Html]:
    """One paragraph for each of these that there is something to say of."""
    parts = [
        _deadline(turn, case),
        await _unlike(turn, case),
        await _variants(turn, case),
        await _alike(turn, case),
        await _notes(turn, case),
    ]
    return [part for part in parts if part]


def is_late(turn: Context, case: Case) -> bool:
    """Whether the day by which it should be decided has come."""
    return case.state in cases.OPEN and _last_day(turn, case) <= day_of(turn.now, turn.club)


def _last_day(turn: Context, case: Case) -> date:
    return case.opened_on + turn.club.deadlines.by_category[case.category]


def _deadline(turn: Context, case: Case) -> Html:
    if case.state not in cases.OPEN:
        return Html()
    key = "case-late" if is_late(turn, case) else "case-deadline"
    return turn.say(key, day=say_day(_last_day(turn, case), turn.club, turn.say))


async def _unlike(turn: Context, case: Case) -> Html:
    if case.unlike is None:
        return Html()
    other = await turn.tx.session.get_one(Case, case.unlike)
    return turn.say("case-unlike", code=other.code)


async def _variants(turn: Context, case: Case) -> Html:
    """Its other wordings, each with what differs from the one most people sent in."""
    kept = [(post, _read(turn, post)) for post in await posts.shown_of(turn.tx, case)]
    written = [(post, words) for post, words in kept if words is not None]
    if len(written) < 2:
        return Html()
    first = written[0][1]
    others = written[1 : 1 + _MOST_VARIANTS]
    differ = differences(first, [words for _, words in others], turn.offload)
    lines = [_variant(turn, *other, differs) for other, differs in zip(others, differ, strict=True)]
    return Html("\n".join([turn.say("case-variants", count=len(written) - 1), *lines]))


def _variant(
    turn: Context, post: CasePost, words: FlaggedPost, differs: Sequence[Difference]
) -> Html:
    line = turn.say(
        "case-variant",
        flags=alone(batch_clock.shown_count(turn.tx, post)).said(turn.say),
        post=_excerpt(turn, words),
    )
    said = say_differences(turn, differs)
    return Html(f"{line}\n{said}") if said else line


def say_differences(turn: Context, differs: Sequence[Difference]) -> Html:
    """What the first says and what this one says in its place."""
    lines = [
        turn.say("case-differs", there=there.strip() or "–", here=here.strip() or "–")
        for there, here in differs[:_MOST_VARIANTS]
    ]
    return Html("\n".join(lines))


def _read(turn: Context, post: CasePost) -> FlaggedPost | None:
    content = posts.content_of(turn.tx, post)
    return unpack(content) if content else None


def _excerpt(turn: Context, post: FlaggedPost) -> Html:
    return excerpt(post, turn.say, characters=_EXCERPT_CHARACTERS)


async def alike(turn: Context, case: Case) -> list[SimilarPost]:
    """Other cases that resemble this one, the likest first."""
    content = await posts.first_content(turn.tx, case)
    if content is None:
        return []
    found = await resembling(turn.tx, unpack(content), turn.offload, as_officer=True)
    return [one for one in found if one.case.id != case.id][:_MOST_ALIKE]


async def _alike(turn: Context, case: Case) -> Html:
    lines = [await _like(turn, one) for one in await alike(turn, case)]
    return Html("\n".join([turn.say("case-alike"), *lines])) if lines else Html()


async def _like(turn: Context, one: SimilarPost) -> Html:
    verdict = await cases.newest_verdict(turn.tx, one.case)
    if verdict:
        return turn.say("case-alike-line", says=verdict_in_short(verdict, one.case.code, turn.say))
    post = _read(turn, one.post)
    says = turn.say(
        "case-alike-open",
        code=one.case.code,
        state=turn.say(f"flag-state-{one.case.state.value}"),
        post=_excerpt(turn, post) if post else Html("–"),
    )
    return turn.say("case-alike-line", says=says)


async def _notes(turn: Context, case: Case) -> Html:
    newest = await notes.newest(turn.tx, case, limit=_MOST_NOTES)
    lines = [await _note(turn, note) for note in reversed(newest)]
    return Html("\n".join([turn.say("case-notes"), *lines])) if lines else Html()


async def _note(turn: Context, note: CaseNote) -> Html:
    name = ""
    if note.officer_id:
        name = members.name_of(turn.tx, await members.get(turn.tx, note.officer_id))
    text = notes.text_of(turn.tx, note)
    shown = opening(text, _NOTE_CHARACTERS)
    when = turn.say.when(note.written_at)
    return turn.say("case-note-line", name=name or "–", when=when, text=shown)


def open_button(turn: Context, case: Case) -> Button:
    """Opens another case from here."""
    return turn.button("case-open-code", "case", case.code, code=case.code)
