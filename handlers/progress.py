"""How an officer sees an announcement go out."""

from collections.abc import Mapping

from handlers.messages import Message
from handlers.speech import Html, Speech
from storage.models import DeliveryState, MailingState

_BAR = 10
_OPEN = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)
_WORTH_A_LINE = (
    DeliveryState.GONE,
    DeliveryState.FAILED,
    DeliveryState.UNCERTAIN,
    DeliveryState.CANCELLED,
)


def progress(
    say: Speech, number: int, state: MailingState, counts: Mapping[DeliveryState, int]
) -> Message:
    """A bar, how many have it, and in words what became of the others."""
    total = sum(counts.values())
    waiting = sum(counts.get(open_state, 0) for open_state in _OPEN)
    lines = [say(f"progress-{state.value}", number=str(number))]
    if total:
        lines += [_bar(total - waiting, total), _reached(say, counts, total)]
    elif state is MailingState.DONE:
        lines.append(say("progress-nobody"))
    lines += [
        say(f"progress-{kind.value}", count=say.number(counts[kind]))
        for kind in _WORTH_A_LINE
        if counts.get(kind)
    ]
    return Message(Html("\n".join(lines)))


def _reached(say: Speech, counts: Mapping[DeliveryState, int], total: int) -> Html:
    sent = say.number(counts.get(DeliveryState.SENT, 0))
    return say("progress-sent", sent=sent, total=say.number(total))


def _bar(done: int, total: int) -> Html:
    full = done * _BAR // total
    return Html(f"{'▓' * full}{'░' * (_BAR - full)} {done * 100 // total} %")
