"""How an officer sees an announcement go out, be corrected or recalled, and what can be done then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from handlers.conversation.i18n import Html, Speech
from handlers.messages import Button, Message, Rows
from handlers.views.delivery_counts import NOT_REACHED, Counts, Kind, ShownCopies, shown_parts
from handlers.views.small_counts import SMALLEST_SHOWN
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.models import DeliveryState, Mailing, MailingKind, MailingState, Remedy
from storage.outbox import corrections, mailings, throughput
from storage.outbox.deliveries import OPEN
from storage.outbox.eligibility import RUNNING
from storage.outbox.quiet_hours import WAITING_LANES, QuietHours
from storage.reports import batch_totals as batch_figures

_BAR = 10
_MINUTE_S, _HOUR_S = 60, 3600
_IN_HOURS_S = 90 * _MINUTE_S
"""From here on what is left is said in hours."""
_TREATED = tuple(kind for kind in Remedy if kind is not Remedy.OUT_OF_REACH)
_ENDED = (MailingState.DONE, MailingState.CANCELLED)


@dataclass(frozen=True)
class Figures:
    """One mailing in numbers."""

    counts: Counts
    remedies: Mapping[Remedy, int] = field(default_factory=dict)
    """Of a correction or a recall: what was done about how many copies."""
    beyond_reach: int = 0
    """Of one that has ended: copies with people to whom nothing can be sent."""
    held_until: datetime | None = None
    """When the quiet hours are over that hold it back now."""
    per_second: float = 0.0
    """How many deliveries come to their end each second now; 0 when nothing moves."""


async def figures(tx: Tx, mailing: Mailing, night: QuietHours) -> Figures:
    """How it stands now; `night` are the club's quiet hours."""
    number = id_of(mailing)
    counts = await mailings.counts(tx, number)
    speed = throughput.per_second(mailing, ended(counts), tx.clock.now())
    if mailing.kind not in corrections.KINDS:
        return Figures(counts, held_until=_morning(tx, mailing, night), per_second=speed)
    beyond = await batch_figures.beyond_reach(tx, mailing) if mailings.has_ended(mailing) else 0
    return Figures(counts, await corrections.counts(tx, number), beyond, per_second=speed)


def _morning(tx: Tx, mailing: Mailing, night: QuietHours) -> datetime | None:
    now = tx.clock.now()
    held = mailing.lane in WAITING_LANES and night.hold_at(now)
    return night.end_after(now) if held else None


def progress(say: Speech, mailing: Mailing, now: Figures) -> Message:
    """A bar, how many have it, in words what became of the others, and what can be done now."""
    counts = now.counts
    total = sum(counts.values())
    copies = told_of(mailing, now)
    lines = [_head(say, mailing)]
    if total:
        lines += [_bar(mailing, copies), *_reached(say, mailing, copies)]
    elif mailing.state is MailingState.DONE and not now.beyond_reach:
        lines.append(say("progress-nobody"))
    if copies.is_few:
        lines.append(say("progress-few", least=SMALLEST_SHOWN))
    if now.held_until and waiting(counts) and mailing.state in RUNNING:
        lines.append(say("night-held", when=say.when(now.held_until)))
    elif now.per_second:
        lines.append(_speed(say, mailing, now))
    lines += [*_remedied(say, mailing, copies), *_unreached(say, copies)]
    return Message(Html("\n".join(lines)), _ways(say, mailing, counts))


def _head(say: Speech, mailing: Mailing) -> Html:
    number = str(mailing.announcement_id)
    match mailing.kind:
        case MailingKind.CORRECTION:
            return say(f"correction-progress-{mailing.state.value}", number=number)
        case MailingKind.RECALL:
            return say(f"recall-progress-{mailing.state.value}", number=number)
    return say(f"progress-{mailing.state.value}", number=number)


def told_of(mailing: Mailing, now: Figures) -> ShownCopies:
    """What may be told of it; what is said of copies out of reach is not said twice."""
    others: dict[Kind, int] = {kind: now.counts.get(kind, 0) for kind in NOT_REACHED}
    if mailing.kind not in corrections.KINDS:
        done: dict[Kind, int] = {DeliveryState.SENT: now.counts.get(DeliveryState.SENT, 0)}
        return shown_parts(done, waiting(now.counts), others)
    others[DeliveryState.FAILED] -= now.remedies.get(Remedy.OUT_OF_REACH, 0)
    others[DeliveryState.GONE] += now.beyond_reach
    others[Remedy.OUT_OF_REACH] = now.remedies.get(Remedy.OUT_OF_REACH, 0)
    treated: dict[Kind, int] = {kind: now.remedies.get(kind, 0) for kind in _TREATED}
    return shown_parts(treated, waiting(now.counts), others)


def _unreached(say: Speech, copies: ShownCopies) -> list[Html]:
    """Who did not get it, and why, as far as the reasons are told apart."""
    told = {f"progress-count-{kind.value}": copies.each.get(kind) for kind in NOT_REACHED}
    if told["progress-count-gone"] is None and not copies.is_few:
        told = {"progress-count-not_reached": copies.not_reached, **told}
    return [
        say(key, count=count.said(say)) for key, count in told.items() if count and count.number
    ]


def _remedied(say: Speech, mailing: Mailing, copies: ShownCopies) -> list[Html]:
    """What became of the copies."""
    if mailing.kind not in corrections.KINDS or copies.is_few:
        return []
    kind = "recall" if mailing.kind is MailingKind.RECALL else "correction"
    told = {f"remedy-{kind}-{remedy.value}": copies.each.get(remedy) for remedy in Remedy}
    if not any(remedy in copies.each for remedy in _TREATED):
        told = {f"remedy-{kind}-treated": copies.done, **told}
    return [
        say(key, count=count.said(say)) for key, count in told.items() if count and count.number
    ]


def waiting(counts: Counts) -> int:
    """How many deliveries have not come to their end."""
    return sum(counts.get(state, 0) for state in OPEN)


def ended(counts: Counts) -> int:
    """How many have, whatever became of them."""
    return sum(counts.values()) - waiting(counts)


def _speed(say: Speech, mailing: Mailing, now: Figures) -> Html:
    """How fast it goes, and how much longer; not the latter while recipients are being added."""
    if now.per_second >= 1:
        speed = say("progress-per-second", count=say.number(round(now.per_second)))
    else:
        a_minute = say.number(round(now.per_second * _MINUTE_S))
        speed = say("progress-per-minute", count=a_minute)
    if mailing.state is MailingState.FILLING:
        return speed
    left = max(waiting(now.counts), SMALLEST_SHOWN)
    return Html(f"{speed} · {_time_left(say, left / now.per_second)}")


def _time_left(say: Speech, seconds: float) -> Html:
    if seconds < _MINUTE_S:
        return say("progress-left-moment")
    if seconds <= _IN_HOURS_S:
        return say("progress-left-minutes", count=ceil(seconds / _MINUTE_S))
    return say("progress-left-hours", count=ceil(seconds / _HOUR_S))


def doubt_ways(say: Speech, mailing: Mailing, counts: Counts) -> Rows:
    """What can be done about copies of unknown fate, once nothing is going out any more."""
    uncertain = counts.get(DeliveryState.UNCERTAIN)
    if not uncertain or mailing.state not in _ENDED or mailing.doubts_left_at:
        return ()
    again = _button(say, mailing, "progress-again", "doubts-again")
    return ((again,), (_button(say, mailing, "progress-leave", "doubts-leave"),))


def _ways(say: Speech, mailing: Mailing, counts: Counts) -> Rows:
    """`handlers.announcing.monitor` and `handlers.announcing.after_sending` answer them."""
    cancel = _button(say, mailing, "progress-cancel", "sending-cancel")
    more = _more(say, mailing)
    match mailing.state:
        case MailingState.FILLING | MailingState.SENDING:
            return ((_button(say, mailing, "progress-pause", "sending-pause"), cancel), *more)
        case MailingState.PAUSED:
            return ((_button(say, mailing, "progress-resume", "sending-resume"), cancel), *more)
    return (*doubt_ways(say, mailing, counts), *more)


def _more(say: Speech, mailing: Mailing) -> Rows:
    if mailing.kind is not MailingKind.ANNOUNCEMENT:
        return ()
    action = f"aftercare:{mailing.announcement_id}"
    return ((Button(say.plain("aftercare-button"), action=action),),)


def _button(say: Speech, mailing: Mailing, key: str, action: str) -> Button:
    return Button(say.plain(key), action=f"{action}:{mailing.id}")


def _reached(say: Speech, mailing: Mailing, copies: ShownCopies) -> list[Html]:
    if mailing.kind in corrections.KINDS or copies.is_few:
        return []
    return [say("progress-sent", sent=copies.done.said(say), total=say.number(copies.whole))]


def _bar(mailing: Mailing, copies: ShownCopies) -> Html:
    done = copies.through(given_up=mailing.state is MailingState.CANCELLED)
    if copies.is_few and done < copies.whole:
        done = 0
    full = done * _BAR // copies.whole
    return Html(f"{'▓' * full}{'░' * (_BAR - full)} {done * 100 // copies.whole} %")
