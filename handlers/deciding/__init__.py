"""Officers work through what members sent in: take a case, decide it, tell everyone who asked."""

from handlers.deciding import assign, merge, notes, queue, statistics
from handlers.deciding.verdict import (
    approve,
    flow,
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
    merge.routes,
    flow.routes,
    fraud_link_picker.routes,
    publish.routes,
    approve.routes,
    to_announcement.routes,
    helpfulness.routes,
    share.routes,
    statistics.routes,
)
