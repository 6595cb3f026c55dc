"""Nothing is sent whose only purpose is to open the messaging window: every kind of mailing has a use.

Whoever adds a kind of mailing, or a place that opens one, adds it here, and says what it is for.
"""

import re
from collections import Counter

from handlers.announcing.delivered_copy import delivered
from handlers.conversation import Speech
from handlers.messages import Button, Message
from handlers.reports.member_digest import Issue, digest_message
from handlers.views.announcement import member_copy
from storage.models import MailingKind
from tests.support import SETTINGS, VOTING_DAY, ManualClock
from tests.support.announcements.records import numbered
from tests.support.paths import PROJECT

PURPOSES = {
    MailingKind.ANNOUNCEMENT: "what an officer wrote and another approved",
    MailingKind.VERDICT: "the answer to a post that the member flagged",
    MailingKind.DIGEST: "news, at the time that the member chose; never without any",
    MailingKind.NOTICE: "an answer to the member, or a task of an officer",
    MailingKind.REMINDER: "an announcement again, at the time for which the member asked",
    MailingKind.CORRECTION: "a copy that the member has was corrected",
    MailingKind.RECALL: "a copy that the member has was taken back",
    MailingKind.MEETING: "an invitation, and afterwards what whoever answered needs to know",
}
OPENED_IN = Counter(
    {
        "handlers/announcing/apply_correction.py": 1,
        "handlers/announcing/correction/recall.py": 1,
        "handlers/announcing/release.py": 1,
        "handlers/deciding/assign.py": 1,
        "handlers/deciding/verdict/notify.py": 2,
        "handlers/flagging/delay_notice.py": 1,
        "handlers/meetings/after/mailing.py": 1,
        "handlers/meetings/notify.py": 2,
        "handlers/notifications.py": 2,
        "handlers/sharing/reminders.py": 1,
        "scheduler/digests/member_digest.py": 1,
        "scheduler/digests/officer_digest.py": 1,
    }
)
"""Where mailings are opened, and how many."""
SAY = Speech("vi", SETTINGS.timezone)


def test_every_kind_of_mailing_is_of_use_to_its_reader() -> None:
    assert set(PURPOSES) == set(MailingKind)


def test_mailings_are_opened_where_this_list_says() -> None:
    found: Counter[str] = Counter()
    for layer in ("handlers", "scheduler", "bot"):
        for path in (PROJECT / layer).rglob("*.py"):
            calls = len(re.findall(r"\bopen_mailing\(", path.read_text("utf-8")))
            if calls and "sandbox" not in path.parts and "demo" not in path.parts:
                found[str(path.relative_to(PROJECT))] = calls
    assert found == OPENED_IN


def actions(message: Message) -> list[Button]:
    return [button for row in message.rows for button in row if button.action]


def test_an_announcement_ends_with_something_to_do() -> None:
    assert actions(delivered(member_copy(VOTING_DAY, numbered(7), SAY)))


def test_a_digest_ends_with_something_to_do() -> None:
    issue = Issue(((numbered(7), VOTING_DAY),), ())
    opens, *_ = actions(digest_message(issue, ManualClock().now(), SAY, daily=True))
    assert opens.action.endswith("read:7")
