"""Owners and officers look after the people of the club: roles, members, suspensions, appeals."""

from handlers.people import (
    appealing,
    judging,
    members,
    offering,
    officers,
    person,
    ranks,
    suspending,
)

ROUTES = (
    officers.routes,
    members.routes,
    person.routes,
    ranks.routes,
    offering.routes,
    suspending.routes,
    appealing.routes,
    judging.routes,
)
