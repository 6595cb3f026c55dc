"""Announcing: an officer composes, sees what members will see, another approves, and it goes out.

questions.py   what is asked, in order; picks.py what can be tapped instead of typed
answers.py     reads what was typed, sources.py the source
composing.py   asks one question after the other; goes back, skips, edits
preview.py     exactly what members will get, and what can be done with it now
submitting.py  the author sends it in or throws it away
links.py       where links really lead, and which need a second look
trial.py       a copy to oneself alone, or to the officers
correcting.py  the same way for other words of what went out; picking.py asks which
amending.py    an approved correction takes effect
recalling.py   takes back what went out
approving.py   another officer's yes or no to one exact version
sending.py     into the outbox, now or when the time comes
hours.py       what the quiet hours make of a time; night.py lets what is urgent out in them
quota.py       who goes first when a messenger's messages run out
scheduling.py  what is scheduled: another time, now, not at all; repeating.py what comes again
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
