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

from handlers.announcing import (
    approving,
    composing,
    correcting,
    night,
    preview,
    quota,
    recalling,
    scheduling,
    submitting,
    trial,
)

__all__ = ["ROUTES"]

ROUTES = (
    composing.routes,
    preview.routes,
    quota.routes,
    submitting.routes,
    approving.routes,
    trial.routes,
    night.routes,
    scheduling.routes,
    correcting.routes,
    recalling.routes,
)
