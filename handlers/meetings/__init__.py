"""Meetings: an officer writes an invitation, another approves it, members answer and come.

flow.py                 `/hop`: the whole text at once, its card, one question for each field
meeting_text.py         reads the fields from a whole text; meeting_times.py when it begins and ends
parsing.py              reads typed answers; card_fields.py the fields; content.py what they fill
card.py                 every field as a button with its value; proposals.py loads and saves
submit.py               approval of exactly one version; overview.py the officers' list
invitation.py           the message that members get; notify.py every mailing about a meeting
rsvp.py                 coming, perhaps, or not; waiting_list.py offers freed seats
call_off.py             with a reason; due_steps.py reminders, ended offers and the end
upcoming.py             `/lichhop`: what is coming, and a member's answers
ticket_code.py          the digits of a ticket as they are shown, typed and scanned
tickets.py              what a member with a seat gets; calendar_entry.py the entry of their calendar
check_in.py             an officer at the door; walk_in.py a guest without a ticket
attendee_workbook.py    who said yes, for the door
after/                  papers, feedback, and an announcement of what was decided
"""

from handlers.meetings import (
    after,
    attendee_workbook,
    call_off,
    check_in,
    flow,
    overview,
    rsvp,
    submit,
    tickets,
    upcoming,
    walk_in,
)

ROUTES = (
    flow.routes,
    submit.routes,
    overview.routes,
    call_off.routes,
    rsvp.routes,
    upcoming.routes,
    tickets.routes,
    check_in.routes,
    walk_in.routes,
    attendee_workbook.routes,
    *after.ROUTES,
)
