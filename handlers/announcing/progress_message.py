"""The progress message of an announcement, a correction or a recall, with its buttons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from handlers.conversation import Html, Speech, home_below
from handlers.messages import Button, Message, Rows
from handlers.views.delivery_counts import NOT_REACHED, Counts, Kind, ShownCopies, shown_parts
from handlers.views.small_counts import SMALLEST_SHOWN
from handlers.views.spending_lines import cost
from storage.announcements import references
from storage.database import Tx, id_of
from storage.models import CorrectionOutcome, DeliveryState, Mailing, MailingKind, MailingState
from storage.outbox import charges, corrections, mailings, throughput
from storage.outbox.deliveries import OPEN
from storage.outbox.eligibility import RUNNING
from storage.outbox.metering import Spent
from storage.outbox.quiet_hours import WAITING_LANES, QuietHours
from storage.reports import batch_totals as batch_figures

_BAR = 10
_MINUTE_S, _HOUR_S = 60, 3600
_IN_HOURS_S = 90 * _MINUTE_S
"""From this duration on the remaining time is shown in hours."""
_TREATED = tuple(kind for kind in CorrectionOutcome if kind is not CorrectionOutcome.OUT_OF_REACH)
_ENDED = (MailingState.DONE, MailingState.CANCELLED)


@dataclass(frozen=True)
class Figures:
    """One mailing in numbers."""

    counts: Counts
    outcomes: Mapping[CorrectionOutcome, int] = field(default_factory=dict)
    """Of a correction or a recall: number of copies by what was done to them."""
    unreachable: int = 0
    """After its end: number of copies whose owners are unreachable."""
    quiet_until: datetime | None = None
    """The end of the quiet hours that hold it back now."""
    per_second: float = 0.0
    """Deliveries finished per second; 0 if none are."""
    cost: Spent | None = None
    """What the announcement has cost, with its corrections; None if nothing."""
    label: str = ""
    """What the announcement is called."""


async def figures(tx: Tx, mailing: Mailing, quiet_hours: QuietHours) -> Figures:
    """The current figures of a mailing."""
    mailing_id, announcement = id_of(mailing), mailing.announcement_id or 0
    counts = await mailings.counts(tx, mailing_id)
    label = (await references.of(tx, announcement)).label
    speed = throughput.per_second(mailing, ended(counts), tx.clock.now())
    if mailing.kind not in corrections.KINDS:
        return Figures(
            counts,
            quiet_until=_quiet_until(tx, mailing, quiet_hours),
            per_second=speed,
            cost=(await charges.of_announcements(tx, [announcement])).get(announcement),
            label=label,
        )
    unreachable = await batch_figures.unreachable(tx, mailing) if mailings.has_ended(mailing) else 0
    outcomes = await corrections.counts(tx, mailing_id)
    return Figures(counts, outcomes, unreachable, per_second=speed, label=label)


def _quiet_until(tx: Tx, mailing: Mailing, quiet_hours: QuietHours) -> datetime | None:
    now = tx.clock.now()
    is_quiet = mailing.lane in WAITING_LANES and quiet_hours.hold_at(now)
    return quiet_hours.end_after(now) if is_quiet else None


def progress(say: Speech, mailing: Mailing, current: Figures) -> Message:
    """A progress bar, how many have it, why others do not, and the buttons for what can be done."""
    counts = current.counts
    total = sum(counts.values())
    copies = shown_copies_of(mailing, current)
    lines = [_head(say, mailing, current.label)]
    if total:
        lines += [_bar(mailing, copies), *_reached_lines(say, mailing, copies)]
    elif mailing.state is MailingState.DONE and not current.unreachable:
        lines.append(say("progress-nobody"))
    if copies.is_few:
        lines.append(say("progress-few", least=SMALLEST_SHOWN))
    if current.quiet_until and waiting(counts) and mailing.state in RUNNING:
        lines.append(say("night-held", when=say.moment(current.quiet_until)))
    elif current.per_second:
        lines.append(_speed(say, mailing, current))
    lines += [*_correction_lines(say, mailing, copies), *_unreached_lines(say, copies)]
    if current.cost:
        lines.append(cost(current.cost, say))
    return Message(Html("\n".join(lines)), ((*_action_rows(say, mailing, counts), home_below(say))))


def _head(say: Speech, mailing: Mailing, number: str) -> Html:
    match mailing.kind:
        case MailingKind.CORRECTION:
            return say(f"correction-progress-{mailing.state.value}", number=number)
        case MailingKind.RECALL:
            return say(f"recall-progress-{mailing.state.value}", number=number)
    return say(f"progress-{mailing.state.value}", number=number)


def shown_copies_of(mailing: Mailing, current: Figures) -> ShownCopies:
    """The copies of a mailing as they may be shown; copies out of reach count once."""
    others: dict[Kind, int] = {kind: current.counts.get(kind, 0) for kind in NOT_REACHED}
    if mailing.kind not in corrections.KINDS:
        done: dict[Kind, int] = {DeliveryState.SENT: current.counts.get(DeliveryState.SENT, 0)}
        return shown_parts(done, waiting(current.counts), others)
    others[DeliveryState.FAILED] -= current.outcomes.get(CorrectionOutcome.OUT_OF_REACH, 0)
    others[DeliveryState.GONE] += current.unreachable
    others[CorrectionOutcome.OUT_OF_REACH] = current.outcomes.get(CorrectionOutcome.OUT_OF_REACH, 0)
    treated: dict[Kind, int] = {kind: current.outcomes.get(kind, 0) for kind in _TREATED}
    return shown_parts(treated, waiting(current.counts), others)


def _unreached_lines(say: Speech, copies: ShownCopies) -> list[Html]:
    """How many did not get it, by reason, as far as the reasons may be shown."""
    counts = {f"progress-count-{kind.value}": copies.each.get(kind) for kind in NOT_REACHED}
    if counts["progress-count-gone"] is None and not copies.is_few:
        counts = {"progress-count-not_reached": copies.not_reached, **counts}
    return [
        say(key, count=count.said(say)) for key, count in counts.items() if count and count.number
    ]


def _correction_lines(say: Speech, mailing: Mailing, copies: ShownCopies) -> list[Html]:
    """What a correction or recall did to the copies, by number."""
    if mailing.kind not in corrections.KINDS or copies.is_few:
        return []
    kind = "recall" if mailing.kind is MailingKind.RECALL else "correction"
    counts = {
        f"correction-outcome-{kind}-{outcome.value}": copies.each.get(outcome)
        for outcome in CorrectionOutcome
    }
    if not any(outcome in copies.each for outcome in _TREATED):
        counts = {f"correction-outcome-{kind}-treated": copies.done, **counts}
    return [
        say(key, count=count.said(say)) for key, count in counts.items() if count and count.number
    ]


def waiting(counts: Counts) -> int:
    """How many deliveries are not finished."""
    return sum(counts.get(state, 0) for state in OPEN)


def ended(counts: Counts) -> int:
    """How many deliveries are finished, successfully or not."""
    return sum(counts.values()) - waiting(counts)


def _speed(say: Speech, mailing: Mailing, current: Figures) -> Html:
    """The rate and the time remaining; without the latter while recipients are being added."""
    if current.per_second >= 1:
        speed = say("progress-per-second", count=say.number(round(current.per_second)))
    else:
        speed = say("progress-per-minute", count=say.number(round(current.per_second * _MINUTE_S)))
    if mailing.state is MailingState.FILLING:
        return speed
    remaining = max(waiting(current.counts), SMALLEST_SHOWN)
    return Html(f"{speed} · {_time_left(say, remaining / current.per_second)}")


def _time_left(say: Speech, seconds: float) -> Html:
    if seconds < _MINUTE_S:
        return say("progress-left-moment")
    if seconds <= _IN_HOURS_S:
        return say("progress-left-minutes", count=ceil(seconds / _MINUTE_S))
    return say("progress-left-hours", count=ceil(seconds / _HOUR_S))


def uncertain_rows(say: Speech, mailing: Mailing, counts: Counts) -> Rows:
    """Buttons to send uncertain copies again or leave them; empty until the mailing has ended."""
    uncertain = counts.get(DeliveryState.UNCERTAIN)
    if not uncertain or mailing.state not in _ENDED or mailing.uncertain_dismissed_at:
        return ()
    return (
        (_button(say, mailing, "progress-again", "doubts-again"),),
        (_button(say, mailing, "progress-leave", "doubts-leave"),),
    )


def _action_rows(say: Speech, mailing: Mailing, counts: Counts) -> Rows:
    """`handlers.announcing.monitor` and `handlers.announcing.after_sending` answer them."""
    cancel = _button(say, mailing, "progress-cancel", "sending-cancel")
    after_sending = _after_sending_rows(say, mailing)
    match mailing.state:
        case MailingState.FILLING | MailingState.SENDING:
            return (
                (_button(say, mailing, "progress-pause", "sending-pause"), cancel),
                *after_sending,
            )
        case MailingState.PAUSED:
            return (
                (_button(say, mailing, "progress-resume", "sending-resume"), cancel),
                *after_sending,
            )
    return (*uncertain_rows(say, mailing, counts), *after_sending)


def _after_sending_rows(say: Speech, mailing: Mailing) -> Rows:
    if mailing.kind is not MailingKind.ANNOUNCEMENT:
        return ()
    return (
        (Button(say.plain("aftercare-button"), action=f"aftercare:{mailing.announcement_id}"),),
    )


def _button(say: Speech, mailing: Mailing, key: str, action: str) -> Button:
    return Button(say.plain(key), action=f"{action}:{mailing.id}")


def _reached_lines(say: Speech, mailing: Mailing, copies: ShownCopies) -> list[Html]:
    if mailing.kind in corrections.KINDS or copies.is_few:
        return []
    return [say("progress-sent", sent=copies.done.said(say), total=say.number(copies.whole))]


def _bar(mailing: Mailing, copies: ShownCopies) -> Html:
    done = _done(mailing, copies)
    full = done * _BAR // copies.whole
    return Html(f"{'▓' * full}{'░' * (_BAR - full)} {done * 100 // copies.whole} %")


def percent(mailing: Mailing, current: Figures) -> int | None:
    """The percentage of the progress bar; None if nobody is to get the mailing, or nobody yet."""
    copies = shown_copies_of(mailing, current)
    return _done(mailing, copies) * 100 // copies.whole if copies.whole else None


def _done(mailing: Mailing, copies: ShownCopies) -> int:
    """How many copies the bar shows as done."""
    done = copies.through(given_up=mailing.state is MailingState.CANCELLED)
    return 0 if copies.is_few and done < copies.whole else done
