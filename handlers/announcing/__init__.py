"""Announcing: an officer composes and previews, another approves, and the announcement is sent.

compose/start.py              `/soan`: takes the whole text at once, or goes step by step
compose/text_fields.py        reads the fields from a whole text; compose/stated_end.py its end,
                              compose/html_lines.py its lines
compose/flow.py               asks what is open; back, skip, keep, edit
compose/question_prompt.py    how a question is asked
compose/fields.py             the questions, in order; compose/suggestions.py their buttons
compose/parsing.py            reads typed answers; compose/source.py the source
compose/card.py               every field as a button with its value
compose/preview.py            the copies that members get, and the buttons for this officer
compose/version_changes.py    who wrote it and what changed, for whoever approves
compose/campaign.py           the question about campaigning, at submission
compose/link_check.py         the targets of links, and which are doubtful
compose/quota.py              whether a messenger's monthly quota suffices
compose/reach_plan.py         whom it reaches now at what price; compose/spending.py what it may cost
compose/priority.py           who goes first where not everybody can be reached
trial_send.py                 a trial copy to the author or to the officers
approval/submit.py            submits or discards a draft
approval/campaign_answer.py   its answer
approval/decide.py            approves or refuses one exact version
approval/night_override.py    approval to send an urgent one during quiet hours
release.py                    into the outbox, now or at its time
send_time.py                  the earliest time outside quiet hours
schedule.py                   scheduled announcements; recurrence.py recurring ones
correction/compose.py         writes a correction; picker.py picks a sent announcement
apply_correction.py           applies an approved correction
correction/recall.py          recalls a sent announcement
monitor.py                    pauses, resumes, cancels; progress_message.py shows the progress
after_sending.py              resends to newcomers and to those who missed it
archive.py                    current announcements to read again
"""

from handlers.announcing import schedule, trial_send
from handlers.announcing.approval import campaign_answer, decide, night_override, submit
from handlers.announcing.compose import flow, preview, priority, spending, start
from handlers.announcing.correction import compose, recall

__all__ = ["ROUTES"]

ROUTES = (
    start.routes,
    flow.routes,
    preview.routes,
    priority.routes,
    spending.routes,
    submit.routes,
    campaign_answer.routes,
    decide.routes,
    trial_send.routes,
    night_override.routes,
    schedule.routes,
    compose.routes,
    recall.routes,
)
