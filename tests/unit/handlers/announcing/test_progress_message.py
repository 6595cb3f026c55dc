"""What officers read while something goes out, and while copies are put right or taken away."""

import pytest

from handlers.announcing.progress_message import Figures, progress
from handlers.conversation.i18n import Speech
from storage.models import CorrectionOutcome, DeliveryState, Mailing, MailingKind, MailingState
from tests.support import SETTINGS, ManualClock

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
        created_at=ManualClock().now(),
    )


def test_a_recall_says_what_became_of_copies_and_why_some_could_not_be_reached() -> None:
    figures = Figures(
        {S.SENT: 13, S.FAILED: 11, S.GONE: 1},
        {
            CorrectionOutcome.DELETED: 8,
            CorrectionOutcome.EDITED: 5,
            CorrectionOutcome.OUT_OF_REACH: 6,
        },
        unreachable=6,
        label="12",
    )
    lines = progress(VI, mailing(MailingKind.RECALL), figures).text.splitlines()
    assert lines == [
        VI("recall-progress-done", number="12"),
        "▓▓▓▓▓▓▓▓▓▓ 100 %",
        VI("correction-outcome-recall-edited", count="5"),
        VI("correction-outcome-recall-deleted", count="8"),
        VI("correction-outcome-recall-out_of_reach", count="6"),
        VI("progress-count-gone", count="7"),
        VI("progress-count-failed", count="5"),
    ]


def lines_of(counts: dict[S, int], state: MailingState = MailingState.DONE) -> list[str]:
    sending = mailing(MailingKind.ANNOUNCEMENT, state)
    return progress(VI, sending, Figures(counts)).text.splitlines()[2:]


def test_reasons_are_not_told_apart_where_one_is_about_fewer_than_five() -> None:
    assert lines_of({S.SENT: 90, S.GONE: 5, S.FAILED: 5}) == [
        VI("progress-sent", sent="90", total="100"),
        VI("progress-count-gone", count="5"),
        VI("progress-count-failed", count="5"),
    ]
    assert lines_of({S.SENT: 90, S.GONE: 6, S.FAILED: 4}) == [
        VI("progress-sent", sent="90", total="100"),
        VI("progress-count-not_reached", count="10"),
        VI("progress-count-failed", count="một số"),
    ]
    assert lines_of({S.SENT: 99, S.GONE: 1}) == [
        VI("progress-sent", sent="trên 95", total="100"),
        VI("progress-count-not_reached", count="dưới 5"),
    ]


def test_of_fewer_than_five_nobody_is_told_apart() -> None:
    assert lines_of({S.SENT: 3, S.GONE: 1}) == [VI("progress-few", least=5)]
    assert lines_of({S.SENT: 5}) == [VI("progress-sent", sent="5", total="5")]


def test_a_correction_says_whose_copy_was_edited_and_who_was_only_told() -> None:
    figures = Figures(
        {S.SENT: 9, S.QUEUED: 5},
        {CorrectionOutcome.EDITED: 5, CorrectionOutcome.NOTICE_ONLY: 4},
        unreachable=0,
        label="12",
    )
    sending = mailing(MailingKind.CORRECTION, MailingState.SENDING)
    assert progress(VI, sending, figures).text.splitlines() == [
        VI("correction-progress-sending", number="12"),
        "▓▓▓▓▓▓░░░░ 64 %",
        VI("correction-outcome-correction-treated", count="9"),
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
    assert [button.action for row in message.rows for button in row] == [*actions, "/menu"]


def speed_of(per_second: float, left: int, state: MailingState = MailingState.SENDING) -> str:
    figures = Figures({S.SENT: 10, S.QUEUED: left}, per_second=per_second)
    lines = progress(VI, mailing(MailingKind.ANNOUNCEMENT, state), figures).text.splitlines()
    assert lines[1].endswith("%")
    return lines[3] if len(lines) > 3 else ""


@pytest.mark.parametrize(
    ("per_second", "left", "said"),
    [
        (25.0, 1499, "Tốc độ: 25 lượt/giây · còn chưa đầy một phút"),
        (25.0, 1500, "Tốc độ: 25 lượt/giây · còn khoảng 1 phút"),
        (25.0, 1501, "Tốc độ: 25 lượt/giây · còn khoảng 2 phút"),
        (25.0, 90 * 60 * 25, "Tốc độ: 25 lượt/giây · còn khoảng 90 phút"),
        (25.0, 90 * 60 * 25 + 1, "Tốc độ: 25 lượt/giây · còn khoảng 2 giờ"),
        (1.0, 30, "Tốc độ: 1 lượt/giây · còn chưa đầy một phút"),
        (0.9, 270, "Tốc độ: 54 lượt/phút · còn khoảng 5 phút"),
        (1 / 30, 1, "Tốc độ: 2 lượt/phút · còn khoảng 3 phút"),
        (0.0, 30, ""),
    ],
)
def test_it_is_said_how_fast_it_goes_and_how_much_longer(
    per_second: float, left: int, said: str
) -> None:
    assert speed_of(per_second, left) == said


def test_how_much_longer_nobody_knows_while_recipients_are_being_added() -> None:
    assert speed_of(25.0, 1000, MailingState.FILLING) == "Tốc độ: 25 lượt/giây"


def test_at_night_it_says_until_when_it_waits_and_not_how_fast_it_went() -> None:
    morning = ManualClock().now()
    figures = Figures({S.SENT: 10, S.QUEUED: 5}, quiet_until=morning, per_second=25.0)
    sending = mailing(MailingKind.ANNOUNCEMENT, MailingState.SENDING)
    lines = progress(VI, sending, figures).text.splitlines()
    assert lines[3:] == [VI("night-held", when=VI.moment(morning))]
