"""Cases for officers: the queue, assignment, verdicts, and the notices to whoever flagged."""

from handlers.deciding import ask_reporters, assign, merge, notes, queue, statistics
from handlers.deciding.verdict import (
    approve,
    flow,
    forged_answer,
    fraud_link_picker,
    helpfulness,
    publish,
    share,
    to_announcement,
)

ROUTES = (
    queue.routes,
    assign.routes,
    notes.routes,
    ask_reporters.routes,
    merge.routes,
    flow.routes,
    forged_answer.routes,
    fraud_link_picker.routes,
    publish.routes,
    approve.routes,
    to_announcement.routes,
    helpfulness.routes,
    share.routes,
    statistics.routes,
)
