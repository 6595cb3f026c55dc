"""Announcing: an officer composes, sees what members will see, another approves, and it goes out.

questions.py   what is asked, in order; answers.py reads the answers, sources.py the source
composing.py   asks one question after the other; goes back, skips, edits
preview.py     exactly what members will get, and what can be done with it now
submitting.py  the author sends it in or throws it away
links.py       where links really lead, and which need a second look
trial.py       a copy to oneself alone
approving.py   another officer's yes or no to one exact version
sending.py     into the outbox, now or when the time comes
"""

from handlers.announcing import approving, composing, preview, submitting, trial

__all__ = ["ROUTES"]

ROUTES = (composing.routes, preview.routes, submitting.routes, approving.routes, trial.routes)
