"""How often in a row the messenger refused one mailing for one and the same reason."""

REFUSALS_TO_TRIP = 20
"""So many refusals alike are the message's fault, not the recipients'."""


class RefusalBreaker:
    """Counts for each mailing; what arrives, or is refused for another reason, begins anew."""

    def __init__(self) -> None:
        self._refused: dict[int, tuple[str, int]] = {}

    def record_success(self, mailing_id: int) -> None:
        """Somebody got it."""
        self._refused.pop(mailing_id, None)

    def record_refusal(self, mailing_id: int, reason: str) -> bool:
        """Somebody's copy was refused; whether that makes enough to stop. Then it counts anew."""
        before, times = self._refused.pop(mailing_id, (reason, 0))
        times = times + 1 if before == reason else 1
        if times < REFUSALS_TO_TRIP:
            self._refused[mailing_id] = (reason, times)
        return times == REFUSALS_TO_TRIP
