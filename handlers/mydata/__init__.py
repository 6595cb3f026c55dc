"""Data protection rights (GDPR): access, erasure, and requests that owners answer."""

from handlers.mydata import erase, request, requests_desk, subject_access

ROUTES = (subject_access.routes, erase.routes, request.routes, requests_desk.routes)
