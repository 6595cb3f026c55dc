"""A person's own data: seeing it, erasing it, and asking for what only a person can do."""

from handlers.mydata import answering, erasing, requesting, showing

ROUTES = (showing.routes, erasing.routes, requesting.routes, answering.routes)
