"""Meetings: answers and seats, tickets and check-in, feedback, papers."""
