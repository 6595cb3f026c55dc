"""Meetings: invitations, tickets, check-in and what comes after.

ticket_code.py          the digits of a ticket as they are shown, typed and scanned
tickets.py              what a member with a seat gets; calendar_entry.py the entry of their calendar
check_in.py             an officer at the door; walk_in.py a guest without a ticket
attendee_workbook.py    who said yes, for the door
"""

from handlers.meetings import attendee_workbook, check_in, tickets, walk_in

ROUTES = (tickets.routes, check_in.routes, walk_in.routes, attendee_workbook.routes)
