"""Circuit breaker of a mailing: stops it when the messenger refuses it again and again."""

REFUSALS_TO_TRIP = 20
"""Consecutive refusals for the same reason; then the message is at fault, not the recipients."""


class RefusalBreaker:
    """Counts consecutive refusals of each mailing; a success or another reason starts at zero."""

    def __init__(self) -> None:
        self._refused: dict[int, tuple[str, int]] = {}

    def record_success(self, mailing_id: int) -> None:
        """A copy was delivered."""
        self._refused.pop(mailing_id, None)

    def record_refusal(self, mailing_id: int, reason: str) -> bool:
        """A copy was refused; whether the breaker trips. Then it counts from zero."""
        before, times = self._refused.pop(mailing_id, (reason, 0))
        times = times + 1 if before == reason else 1
        if times < REFUSALS_TO_TRIP:
            self._refused[mailing_id] = (reason, times)
        return times == REFUSALS_TO_TRIP
