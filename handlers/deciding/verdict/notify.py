"""Everyone who flagged a post hears of its verdict once per version, and not every few minutes."""

from collections.abc import Collection, Iterable

from handlers.conversation.i18n import Html, Speech, speech_to
from handlers.conversation.settings import ClubSettings
from handlers.deciding.verdict.questions import notice
from handlers.messages import Button, Message, Rows, lasting
from handlers.notifications import in_every_language, pack_text
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT
from handlers.views.verdict import picture_of, verdict_in_short
from storage.cases import cases, flags
from storage.database.engine import Tx
from storage.members import members
from storage.models import Case, Lane, MailingKind, Verdict
from storage.outbox import enqueue

_MOST_IN_FULL = 3
_MOST_LINES = 20


async def tell(
    tx: Tx,
    club: ClubSettings,
    case: Case,
    verdict: Verdict,
    old: Verdict | None,
    *,
    subject: str = "",
) -> None:
    """Queues the verdict for everyone who asked and does not know it.

    Who was sent another verdict within the hour gets this one with all others of that hour. A change
    to what somebody has been told already does not wait.
    """
    waiting = await flags.waiting(tx, case, version=verdict.version)
    known = await flags.notified_before(tx, case)
    again = [member for member in waiting if member in known]
    first = [member for member in waiting if member not in known]
    lately = await flags.recently_notified(tx, first)
    at_once = [member for member in first if member not in lately]
    subject = subject or f"case {case.id} v{verdict.version}"
    await _queue(tx, club, (case, verdict, old), subject, again)
    await _queue(tx, club, (case, verdict, None), f"{subject} first" if again else subject, at_once)
    await flags.mark_notified(tx, case, verdict.version, [*again, *at_once])
    for member, last in lately.items():
        await flags.schedule_notification(tx, case, last + flags.TOGETHER, [member])


async def _queue(
    tx: Tx,
    club: ClubSettings,
    what: tuple[Case, Verdict, Verdict | None],
    subject: str,
    members: Collection[int],
) -> None:
    case, verdict, old = what
    if not members:
        return

    def write(say: Speech) -> Message:
        text = notice(verdict, old, case.code, say)
        picture = picture_of(verdict)
        limit = CAPTION_LIMIT if picture else TEXT_LIMIT
        if visible_length(text) > limit:  # what changed did not fit any more
            text = notice(verdict, None, case.code, say)
        return Message(text, media=picture)

    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.VERDICT,
        subject=subject,
        lane=Lane.VERDICT,
        bodies=in_every_language(club, write),
    )
    if mailing is not None:
        await enqueue.add_recipients(tx, mailing, members)


async def tell_owed(tx: Tx, club: ClubSettings) -> int:
    """Sends what waited for the rest of its hour: one message to each member; returns how many."""
    owed = await flags.claim_pending_notifications(tx)
    bodies: dict[int, str] = {}
    for member_id, decided in owed.items():
        member = await members.get(tx, member_id)
        say = speech_to(club, member.language, member.role)
        bodies[member_id] = pack_text(await _together(tx, decided, say))
    if bodies:
        await _queue_own(tx, bodies)
    return len(bodies)


async def _queue_own(tx: Tx, bodies: dict[int, str]) -> None:
    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.VERDICT,
        subject=f"verdicts {tx.ids.number()}",
        lane=Lane.VERDICT,
        bodies={},
    )
    if mailing is not None:
        await enqueue.add_recipients(tx, mailing, bodies, bodies=bodies)


async def _together(tx: Tx, decided: Collection[Case], say: Speech) -> Message:
    """In full where that fits, else rating and claim, each to be opened."""
    found = [(case, await cases.newest_verdict(tx, case)) for case in decided]
    verdicts = [(case, verdict) for case, verdict in found if verdict]
    full = [notice(verdict, None, case.code, say) for case, verdict in verdicts]
    if len(full) == 1 and (picture := picture_of(verdicts[0][1])):
        return Message(full[0], media=picture)
    whole = Html("\n\n".join([_head(say, len(full)), *full] if len(full) > 1 else full))
    if len(full) <= _MOST_IN_FULL and visible_length(whole) <= TEXT_LIMIT:
        return Message(whole)
    lines = [verdict_in_short(verdict, case.code, say) for case, verdict in verdicts[:_MOST_LINES]]
    text = Html("\n\n".join([_head(say, len(verdicts)), *_fitting(lines)]))
    return lasting(Message(text, _reads(say, [case.code for case, _ in verdicts[:_MOST_LINES]])))


def _head(say: Speech, count: int) -> Html:
    return say("verdict-several", count=count)


def _fitting(lines: Iterable[Html]) -> list[Html]:
    """As many of the lines as one message holds; the rest is behind its buttons."""
    kept: list[Html] = []
    room = TEXT_LIMIT - 200
    for line in lines:
        room -= visible_length(line) + 2
        if room < 0:
            break
        kept.append(line)
    return kept


def _reads(say: Speech, codes: Collection[str]) -> Rows:
    return tuple(
        (Button(say.plain("flag-read", code=code), action=f"verdict:{code}"),) for code in codes
    )
