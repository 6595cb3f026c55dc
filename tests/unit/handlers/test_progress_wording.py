"""What officers read while copies are put right or taken away."""

import pytest

from handlers.progress import Figures, progress
from handlers.speech import Speech
from storage.models import DeliveryState, Mailing, MailingKind, MailingState, Remedy
from tests.club import SETTINGS, StandingClock

S = DeliveryState
VI = Speech("vi", SETTINGS.timezone)


def mailing(kind: MailingKind, state: MailingState = MailingState.DONE) -> Mailing:
    return Mailing(
        id=7,
        kind=kind,
        subject="12",
        announcement_id=12,
        state=state,
        lane=28,
        bodies={},
        created_at=StandingClock().now(),
    )


def test_a_recall_says_what_became_of_copies_and_why_some_could_not_be_reached() -> None:
    figures = Figures(
        {S.SENT: 5, S.FAILED: 3, S.GONE: 1},
        {Remedy.DELETED: 4, Remedy.EDITED: 1, Remedy.OUT_OF_REACH: 2},
        beyond_reach=6,
    )
    lines = progress(VI, mailing(MailingKind.RECALL), figures).text.splitlines()
    assert lines == [
        VI("recall-progress-done", number="12"),
        "▓▓▓▓▓▓▓▓▓▓ 100 %",
        VI("remedy-recall-edited", count="1"),
        VI("remedy-recall-deleted", count="4"),
        VI("remedy-recall-out_of_reach", count="2"),
        VI("progress-count-gone", count="7"),
        VI("progress-count-failed", count="1"),
    ]


def test_a_correction_says_whose_copy_was_edited_and_who_was_only_told() -> None:
    figures = Figures(
        {S.SENT: 5, S.QUEUED: 5}, {Remedy.EDITED: 3, Remedy.NOTICE_ONLY: 2}, beyond_reach=0
    )
    sending = mailing(MailingKind.CORRECTION, MailingState.SENDING)
    assert progress(VI, sending, figures).text.splitlines() == [
        VI("correction-progress-sending", number="12"),
        "▓▓▓▓▓░░░░░ 50 %",
        VI("remedy-correction-edited", count="3"),
        VI("remedy-correction-notice_only", count="2"),
    ]


@pytest.mark.parametrize("kind", [MailingKind.CORRECTION, MailingKind.RECALL])
@pytest.mark.parametrize(
    ("state", "actions"),
    [
        (MailingState.SENDING, ["sending-pause:7", "sending-cancel:7"]),
        (MailingState.PAUSED, ["sending-resume:7", "sending-cancel:7"]),
        (MailingState.DONE, []),
    ],
)
def test_it_is_paused_resumed_and_given_up_like_a_sending(
    kind: MailingKind, state: MailingState, actions: list[str]
) -> None:
    message = progress(VI, mailing(kind, state), Figures({S.QUEUED: 1}))
    assert [button.action for row in message.rows for button in row] == actions
