"""Announcing: an officer composes and previews, another approves, and the announcement is sent.

compose/flow.py               asks one question after the other; back, skip, keep, edit
compose/fields.py             the questions, in order; compose/suggestions.py their buttons
compose/parsing.py            reads typed answers; compose/source.py the source
compose/preview.py            the copies that members get, and the buttons for this officer
compose/link_check.py         the targets of links, and which are doubtful
compose/quota.py              who has priority if a messenger's monthly quota does not suffice
trial_send.py                 a trial copy to the author or to the officers
approval/submit.py            submits or discards a draft
approval/decide.py            approves or refuses one exact version
approval/night_override.py    approval to send an urgent one during quiet hours
release.py                    into the outbox, now or at its time
send_time.py                  the earliest time outside quiet hours
schedule.py                   scheduled announcements; recurrence.py recurring ones
correction/compose.py         writes a correction; correction/picker.py picks the announcement
apply_correction.py           applies an approved correction
correction/recall.py          recalls a sent announcement
monitor.py                    pauses, resumes, cancels; progress_message.py shows the progress
after_sending.py              resends to newcomers and to those who missed it
archive.py                    current announcements to read again
"""

from handlers.announcing import schedule, trial_send
from handlers.announcing.approval import decide, night_override, submit
from handlers.announcing.compose import flow, preview, quota
from handlers.announcing.correction import compose, recall

__all__ = ["ROUTES"]

ROUTES = (
    flow.routes,
    preview.routes,
    quota.routes,
    submit.routes,
    decide.routes,
    trial_send.routes,
    night_override.routes,
    schedule.routes,
    compose.routes,
    recall.routes,
)
