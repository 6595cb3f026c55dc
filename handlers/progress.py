"""How an officer sees an announcement go out, and what can be done about it."""

from collections.abc import Mapping

from handlers.messages import Button, Message, Rows
from handlers.speech import Html, Speech
from storage.deliveries import OPEN
from storage.models import DeliveryState, Mailing, MailingState

_BAR = 10
_ENDED = (MailingState.DONE, MailingState.CANCELLED)
_WORTH_A_LINE = (
    DeliveryState.GONE,
    DeliveryState.FAILED,
    DeliveryState.UNCERTAIN,
    DeliveryState.CANCELLED,
)

Counts = Mapping[DeliveryState, int]


def progress(say: Speech, mailing: Mailing, counts: Counts) -> Message:
    """A bar, how many have it, in words what became of the others, and what can be done now."""
    total = sum(counts.values())
    lines = [say(f"progress-{mailing.state.value}", number=str(mailing.announcement_id))]
    if total:
        lines += [_bar(total - waiting(counts), total), _reached(say, counts, total)]
    elif mailing.state is MailingState.DONE:
        lines.append(say("progress-nobody"))
    lines += [
        say(f"progress-count-{kind.value}", count=say.number(counts[kind]))
        for kind in _WORTH_A_LINE
        if counts.get(kind)
    ]
    return Message(Html("\n".join(lines)), _ways(say, mailing, counts))


def waiting(counts: Counts) -> int:
    """How many deliveries have not come to their end."""
    return sum(counts.get(state, 0) for state in OPEN)


def doubt_ways(say: Speech, mailing: Mailing, counts: Counts) -> Rows:
    """What can be done about copies of unknown fate, once nothing is going out any more."""
    uncertain = counts.get(DeliveryState.UNCERTAIN)
    if not uncertain or mailing.state not in _ENDED or mailing.doubts_left_at:
        return ()
    again = _button(say, mailing, "progress-again", "doubts-again")
    return ((again,), (_button(say, mailing, "progress-leave", "doubts-leave"),))


def _ways(say: Speech, mailing: Mailing, counts: Counts) -> Rows:
    """`handlers.overseeing` answers them."""
    cancel = _button(say, mailing, "progress-cancel", "sending-cancel")
    match mailing.state:
        case MailingState.FILLING | MailingState.SENDING:
            return ((_button(say, mailing, "progress-pause", "sending-pause"), cancel),)
        case MailingState.PAUSED:
            return ((_button(say, mailing, "progress-resume", "sending-resume"), cancel),)
    return doubt_ways(say, mailing, counts)


def _button(say: Speech, mailing: Mailing, key: str, action: str) -> Button:
    return Button(say.plain(key), action=f"{action}:{mailing.id}")


def _reached(say: Speech, counts: Counts, total: int) -> Html:
    sent = say.number(counts.get(DeliveryState.SENT, 0))
    return say("progress-sent", sent=sent, total=say.number(total))


def _bar(done: int, total: int) -> Html:
    full = done * _BAR // total
    return Html(f"{'▓' * full}{'░' * (_BAR - full)} {done * 100 // total} %")
