"""The home of an officer: one message with what waits for them, and the way to everything else.

screen.py          the home, shown by `/start`, `/menu`, and for words that nothing understands
more.py            *More…*: every other command as a button, by group
command_groups.py  which commands are in the officers' menu and in which group
"""

from handlers.home import more, screen

ROUTES = (screen.routes, more.routes)
