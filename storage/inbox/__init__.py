"""Inbox pattern: updates stored before they are handled, per-chat leases, poison updates."""
