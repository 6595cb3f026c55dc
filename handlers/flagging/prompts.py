"""The questions before a flag is sent: send it? is it the same as a known case?

Refusal: no-flags-of-opinion.
"""

from collections import defaultdict
from collections.abc import Sequence

from handlers.conversation import Context, Html
from handlers.flagging.matching import Difference, MatchResult, SimilarPost
from handlers.flagging.pending import Pending
from handlers.flagging.post import FlaggedPost, as_kept, unpack
from handlers.flagging.post_text import excerpt, in_short
from handlers.flagging.redaction import mask
from handlers.messages import Button, MediaKind, Reply, Rows
from storage.announcements.references import Reference
from storage.cases import cases, posts
from storage.models import Case, CasePost, Category

_SHOWN_CHARACTERS = 300
MOST_CANDIDATES = 3
_MOST_DIFFERENCES = 4
_EXCERPT_CHARACTERS = 120
_DIFFERENCE_CHARACTERS = 60
_NOTES = defaultdict(lambda: "flag-recording-stays", {MediaKind.DOCUMENT: "flag-document-stays"})


def send_question(context: Context, pending: Pending) -> Reply:
    """Shows what will be stored, says what flags are for, and offers to send it."""
    stored = as_kept(pending.post, Category.UNKNOWN)
    shown = in_short(stored, context.say, characters=_SHOWN_CHARACTERS)
    text = context.say("flag-new", post=shown)
    ask = ((ask_instead(context, pending.ticket),),) if pending.post.may_be_question else ()
    rows = (
        *own_share(context, pending.ticket, pending.shared),
        (context.button("flag-send", "flag-send", pending.ticket),),
        *ask,
        (_cancel(context, pending),),
    )
    return context.edit(_with_note(context, text, pending.post), rows)


def _cancel(context: Context, pending: Pending) -> Button:
    return context.button("cancel", "flag-drop", pending.ticket)


def own_share(context: Context, ticket: str, shared: Reference | None) -> Rows:
    """The button for a post that is a share proof instead (`handlers.sharing.proof.proof_or_flag`)."""
    if shared is None:
        return ()
    button = context.button("flag-is-proof", "proof-here", ticket, shared.id, number=shared.label)
    return ((button,),)


def flag_this(context: Context, key: str, ticket: str) -> Button:
    """The button that says that a message is a post; `ticket` ties it to this message."""
    return context.button(key, "flag-this", ticket)


def ask_instead(context: Context, ticket: str) -> Button:
    """The button for a text that is a question to the club; `ticket` ties it to this text."""
    return context.button("question-ask-club", "flag-ask", ticket)


def _with_note(context: Context, text: Html, post: FlaggedPost) -> Html:
    """Adds which files officers will see with their metadata."""
    note_keys = {_NOTES[media.kind] for media in post.media if not media.is_picture}
    return Html("\n\n".join([text, *(context.say(key) for key in sorted(note_keys))]))


def joining_question(context: Context, pending: Pending, case: Case) -> Reply:
    """Shows the state of the open case of this post and offers to join it."""
    text = context.say(
        "flag-known-open",
        code=case.code,
        kind=case.category.value,
        category=context.say(f"flag-category-{case.category.value}"),
        state=context.say(f"flag-state-{case.state.value}"),
    )
    join = context.button("flag-join", "flag-join", pending.ticket, case.code)
    rows = ((join,), (_cancel(context, pending),))
    return context.edit(_with_note(context, text, pending.post), rows)


async def likeness_question(context: Context, pending: Pending, result: MatchResult) -> Reply:
    """Asks whether it is one of up to three similar posts, each with the differences."""
    most_similar = result.similar[:MOST_CANDIDATES]
    lines = [
        await _similar_line(context, number, one)
        for number, one in enumerate(most_similar, start=1)
    ]
    text = Html("\n\n".join([context.say("flag-similar"), *lines]))
    picks = tuple(
        context.button(
            "flag-similar-is", "flag-is", pending.ticket, one.case.code, number=str(number)
        )
        for number, one in enumerate(most_similar, start=1)
    )
    none_of_these = context.button("flag-similar-none", "flag-none", pending.ticket)
    text = _with_note(context, text, pending.post)
    return context.edit(text, (picks, (none_of_these,), (_cancel(context, pending),)))


async def _similar_line(context: Context, number: int, one: SimilarPost) -> Html:
    verdict = await cases.newest_verdict(context.tx, one.case)
    if verdict is None:
        summary = context.say(
            "flag-similar-open",
            category=context.say(f"flag-category-{one.case.category.value}"),
            state=context.say(f"flag-state-{one.case.state.value}"),
            post=beginning(context, one.post) or Html("–"),
        )
    else:
        rating = context.say(f"verdict-rating-{verdict.rating.value}")
        summary = context.say("flag-similar-decided", claim=verdict.claim, rating=rating)
    line = context.say("flag-similar-line", number=str(number), says=summary)
    differences = say_differences(context, one.differs)
    return Html(f"{line}\n{differences}") if differences else line


def beginning(context: Context, post: CasePost) -> Html:
    """How a post begins, redacted, since others may have sent it in; empty when it is kept no more."""
    content = posts.content_of(context.tx, post)
    if content is None:
        return Html()
    return excerpt(unpack(content), context.say, characters=_EXCERPT_CHARACTERS)


def say_differences(context: Context, differs: Sequence[Difference]) -> Html:
    """The words that differ, in the known post and in this one; empty when none are known."""
    lines = [
        context.say("flag-differs", there=_shortened(there), here=_shortened(here))
        for there, here in list(differs)[:_MOST_DIFFERENCES]
    ]
    return Html("\n".join(lines))


def _shortened(words: str) -> str:
    shown = mask(words.strip()) or "–"
    return shown if len(shown) <= _DIFFERENCE_CHARACTERS else shown[:_DIFFERENCE_CHARACTERS] + "…"
