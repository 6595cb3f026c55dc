"""A person's own data: seeing it, erasing it, and asking for what only a person can do."""

from handlers.mydata import erase, request, requests_desk, subject_access

ROUTES = (subject_access.routes, erase.routes, request.routes, requests_desk.routes)
