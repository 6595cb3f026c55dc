"""Announcing: an officer composes, sees what members will see, another approves, and it goes out.

compose/fields.py   what is asked, in order; compose/suggestions.py what can be tapped instead of typed
compose/parsing.py     reads what was typed, compose/source.py the source
compose/flow.py   asks one question after the other; goes back, skips, edits
compose/preview.py     exactly what members will get, and what can be done with it now
approval/submit.py  the author sends it in or throws it away
compose/link_check.py       where links really lead, and which need a second look
trial_send.py       a copy to oneself alone, or to the officers
correction/compose.py  the same way for other words of what went out; correction/picker.py asks which
apply_correction.py    an approved correction takes effect
correction/recall.py   takes back what went out
approval/decide.py   another officer's yes or no to one exact version
release.py     into the outbox, now or when the time comes
send_time.py       what the quiet hours make of a time; approval/night_override.py lets what is urgent out in them
compose/quota.py       who goes first when a messenger's messages run out
schedule.py  what is scheduled: another time, now, not at all; recurrence.py what comes again
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
