"""Approval workflow: submit, decide, and the exception for urgent announcements at night."""
