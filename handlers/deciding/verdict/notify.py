"""Notifies everyone who flagged a post, once per version of its verdict, at most once an hour."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from handlers.conversation import ClubSettings, Html, Speech, speech_to
from handlers.deciding.verdict import picture
from handlers.deciding.verdict.notice import message, notice, unquoted
from handlers.messages import Button, Message, Rows, lasting
from handlers.notifications import pack_text
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import TEXT_LIMIT
from handlers.views.verdict import verdict_in_short, verdict_rows
from handlers.worker_tasks import Offload
from storage.cases import cases, flags
from storage.cases.flags import OwnFlag
from storage.database import Tx, id_of
from storage.members import members
from storage.models import Case, Lane, MailingKind, Verdict
from storage.outbox import enqueue

_MOST_IN_FULL = 3
_MOST_LINES = 20


@dataclass(frozen=True)
class _Change:
    """A verdict to be sent, and the version that its readers know."""

    case: Case
    verdict: Verdict
    old: Verdict | None
    pictures: Mapping[str, Any]
    """The stamped picture in each language, as the mailing stores it."""


async def notify_flaggers(
    tx: Tx,
    club: ClubSettings,
    case: Case,
    verdict: Verdict,
    old: Verdict | None,
    *,
    offload: Offload,
    subject: str = "",
) -> None:
    """Queues the verdict for everyone who flagged the case and has not been sent this version.

    A member who was sent another verdict within the hour gets this one together with all others of
    that hour. A change of a verdict that the member knows is sent at once. The stamped picture is
    drawn once for each language and stored with the mailing.

    Raises:
        OffloadRequired: the picture is not drawn yet.
    """
    readers = await flags.claim_readers(tx, case, verdict.version)
    if not (readers.known or readers.new or readers.later):
        return
    pictures = await picture.drawn(tx, verdict, case.code, club, offload)
    subject = subject or _subject(case, verdict)
    await _queue(tx, club, _Change(case, verdict, old, pictures), subject, readers.known)
    await _queue(
        tx,
        club,
        _Change(case, verdict, None, pictures),
        f"{subject} first" if readers.known else subject,
        readers.new,
        is_kept=bool(readers.later and pictures),
    )


def _subject(case: Case, verdict: Verdict) -> str:
    return f"case {case.id} v{verdict.version}"


async def _queue(
    tx: Tx,
    club: ClubSettings,
    change: _Change,
    subject: str,
    readers: Collection[int],
    *,
    is_kept: bool = False,
) -> None:
    """Queues one mailing, in which each reader's words quote that reader's own post.

    With `is_kept` it is stored without readers, too: later ones are sent the pictures it holds.
    """
    if not readers and not is_kept:
        return
    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.VERDICT,
        subject=subject,
        lane=Lane.VERDICT,
        bodies=change.pictures,
    )
    if mailing is not None and readers:
        await enqueue.add_recipients(
            tx, mailing, readers, bodies=await _bodies(tx, club, change, readers)
        )


async def _bodies(
    tx: Tx, club: ClubSettings, change: _Change, readers: Collection[int]
) -> dict[int, str]:
    """The message of each reader; those who quote nothing share the writing of it."""
    case, verdict, old = change.case, change.verdict, change.old

    @cache
    def write(language: str, own: OwnFlag) -> str:
        say = speech_to(club, language)
        return pack_text(
            message(verdict, old, own, case.code, say, is_drawn=say.language in change.pictures)
        )

    known_as = await flags.known_as(tx, [case], readers)
    languages = await members.languages(tx, readers)
    owns = {reader: known_as[id_of(case), reader] for reader in readers}
    return {reader: write(languages[reader], own) for reader, own in owns.items()}


async def send_pending_notifications(tx: Tx, club: ClubSettings) -> int:
    """Queues the notifications whose hour is over, one for each member; returns how many."""
    pending = await flags.claim_pending_notifications(tx)
    bodies: dict[int, str] = {}
    alone: dict[int, list[int]] = {}
    for member_id, decided in pending.items():
        if len(decided) == 1:
            alone.setdefault(decided[0].id or 0, []).append(member_id)
            continue
        member = await members.get(tx, member_id)
        say = speech_to(club, member.language, member.role)
        bodies[member_id] = pack_text(await _combined_message(tx, member_id, decided, say))
    for case_id, readers in alone.items():
        await _queue_later(tx, club, await cases.numbered(tx, case_id), readers)
    if bodies:
        await _queue_individual(tx, bodies)
    return len(pending)


async def _queue_later(tx: Tx, club: ClubSettings, case: Case, readers: Collection[int]) -> None:
    """Queues one verdict for those whose hour held no other, with the pictures drawn before."""
    verdict = await cases.newest_verdict(tx, case)
    if verdict is None:
        return
    subject = _subject(case, verdict)
    pictures = await enqueue.bodies_of(tx, MailingKind.VERDICT, subject)
    later = f"{subject} later {tx.ids.number()}"
    await _queue(tx, club, _Change(case, verdict, None, pictures), later, readers)


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


async def _combined_message(
    tx: Tx, member_id: int, decided: Collection[Case], say: Speech
) -> Message:
    """The verdicts in full if they fit, else rating and claim with buttons to open each."""
    newest = [(case, await cases.newest_verdict(tx, case)) for case in decided]
    verdicts = [(case, verdict) for case, verdict in newest if verdict]
    known_as = await flags.known_as(tx, decided, [member_id])
    known = [(known_as[id_of(case), member_id], verdict) for case, verdict in verdicts]
    codes = [(case.code, own.code) for (case, _), (own, _) in zip(verdicts, known, strict=True)]
    if len(known) <= _MOST_IN_FULL:
        rows = [
            verdict_rows(code, one.version, say, known_as=own_code)
            for (code, own_code), (_, one) in zip(codes, verdicts, strict=True)
        ]
        for owns in (known, [(unquoted(own), verdict) for own, verdict in known]):
            texts = [notice(verdict, None, own, say) for own, verdict in owns]
            text_in_full = Html("\n\n".join([_head(say, len(texts)), *texts]))
            if visible_length(text_in_full) <= TEXT_LIMIT:
                return lasting(Message(text_in_full, tuple(row for of in rows for row in of)))
    lines = [verdict_in_short(verdict, own.code, say) for own, verdict in known[:_MOST_LINES]]
    text = Html("\n\n".join([_head(say, len(verdicts)), *_fitting(lines)]))
    return lasting(Message(text, _read_rows(say, codes[:_MOST_LINES])))


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


def _read_rows(say: Speech, codes: Collection[tuple[str, str]]) -> Rows:
    """A button for each present code of a case, named by the code that the reader knows."""
    return tuple(
        (Button(say.plain("flag-read", code=own_code), action=f"verdict:{code}"),)
        for code, own_code in codes
    )
