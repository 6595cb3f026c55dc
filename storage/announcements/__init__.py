"""Announcements and what members did with them: shares, proofs, reminders, totals."""
