"""Notifies everyone who flagged a post, once per version of its verdict, at most once an hour."""

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
    """Queues the verdict for everyone who flagged the case and has not been sent this version.

    A member who was sent another verdict within the hour gets this one together with all others of
    that hour. A change of a verdict that the member knows is sent at once.
    """
    waiting = await flags.waiting(tx, case, version=verdict.version)
    notified = await flags.notified_before(tx, case)
    known = [member for member in waiting if member in notified]
    unknown = [member for member in waiting if member not in notified]
    recent = await flags.recently_notified(tx, unknown)
    at_once = [member for member in unknown if member not in recent]
    subject = subject or f"case {case.id} v{verdict.version}"
    await _queue(tx, club, (case, verdict, old), subject, known)
    await _queue(tx, club, (case, verdict, None), f"{subject} first" if known else subject, at_once)
    await flags.mark_notified(tx, case, verdict.version, [*known, *at_once])
    for member, last in recent.items():
        await flags.schedule_notification(tx, case, last + flags.TOGETHER, [member])


async def _queue(
    tx: Tx,
    club: ClubSettings,
    change: tuple[Case, Verdict, Verdict | None],
    subject: str,
    members: Collection[int],
) -> None:
    case, verdict, old = change
    if not members:
        return

    def write(say: Speech) -> Message:
        text = notice(verdict, old, case.code, say)
        picture = picture_of(verdict)
        limit = CAPTION_LIMIT if picture else TEXT_LIMIT
        if visible_length(text) > limit:  # without the list of changes
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


async def send_pending_notifications(tx: Tx, club: ClubSettings) -> int:
    """Queues the notifications whose hour is over, one for each member; returns how many."""
    pending = await flags.claim_pending_notifications(tx)
    bodies: dict[int, str] = {}
    for member_id, decided in pending.items():
        member = await members.get(tx, member_id)
        say = speech_to(club, member.language, member.role)
        bodies[member_id] = pack_text(await _combined_message(tx, decided, say))
    if bodies:
        await _queue_individual(tx, bodies)
    return len(bodies)


async def _queue_individual(tx: Tx, bodies: dict[int, str]) -> None:
    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.VERDICT,
        subject=f"verdicts {tx.ids.number()}",
        lane=Lane.VERDICT,
        bodies={},
    )
    if mailing is not None:
        await enqueue.add_recipients(tx, mailing, bodies, bodies=bodies)


async def _combined_message(tx: Tx, decided: Collection[Case], say: Speech) -> Message:
    """The verdicts in full if they fit, else rating and claim with buttons to open each."""
    newest = [(case, await cases.newest_verdict(tx, case)) for case in decided]
    verdicts = [(case, verdict) for case, verdict in newest if verdict]
    texts = [notice(verdict, None, case.code, say) for case, verdict in verdicts]
    if len(texts) == 1 and (picture := picture_of(verdicts[0][1])):
        return Message(texts[0], media=picture)
    text_in_full = Html("\n\n".join([_head(say, len(texts)), *texts] if len(texts) > 1 else texts))
    if len(texts) <= _MOST_IN_FULL and visible_length(text_in_full) <= TEXT_LIMIT:
        return Message(text_in_full)
    lines = [verdict_in_short(verdict, case.code, say) for case, verdict in verdicts[:_MOST_LINES]]
    text = Html("\n\n".join([_head(say, len(verdicts)), *_fitting(lines)]))
    return lasting(
        Message(text, _read_rows(say, [case.code for case, _ in verdicts[:_MOST_LINES]]))
    )


def _head(say: Speech, count: int) -> Html:
    return say("verdict-several", count=count)


def _fitting(lines: Iterable[Html]) -> list[Html]:
    """As many of the lines as one message holds; the others are reached by its buttons."""
    fitting: list[Html] = []
    room = TEXT_LIMIT - 200
    for line in lines:
        room -= visible_length(line) + 2
        if room < 0:
            break
        fitting.append(line)
    return fitting


def _read_rows(say: Speech, codes: Collection[str]) -> Rows:
    return tuple(
        (Button(say.plain("flag-read", code=code), action=f"verdict:{code}"),) for code in codes
    )
