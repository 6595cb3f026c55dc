"""The commands of officers: the few in their menu, and all by group, by their English names."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

OFFICERS_MENU = (
    "menu",
    "compose",
    "approvals",
    "queue",
    "questions",
    "progress",
    "statistics",
    "settings",
    "help",
    "cancel",
)


class Group(StrEnum):
    """A page of *More…*; the sentence `more-<value>` names it."""

    ANNOUNCEMENTS = "announcements"
    MEETINGS = "meetings"
    POSTS = "posts"
    PEOPLE = "people"
    OWNER = "owner"
    FIGURES = "figures"
    YOURSELF = "yourself"


GROUPS: Mapping[Group, tuple[str, ...]] = MappingProxyType(
    {
        Group.ANNOUNCEMENTS: (
            *("compose", "approvals", "schedule", "progress"),
            *("correct", "recall", "announcements"),
        ),
        Group.MEETINGS: ("meeting", "meetings"),
        Group.POSTS: ("queue", "questions", "flag", "check", "reported"),
        Group.PEOPLE: ("invite", "members"),
        Group.OWNER: ("officers", "requests", "journal"),
        Group.FIGURES: ("statistics", "proofs", "export"),
        Group.YOURSELF: (
            *("settings", "ask", "tour", "help", "privacy"),
            *("mydata", "stop", "leave", "erase"),
        ),
    }
)
"""Every command of a menu once, except the two that are on every screen of *More…* or end a step."""
