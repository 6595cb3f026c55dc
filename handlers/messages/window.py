"""The messaging window of a platform that limits when an account may write to a person first."""

from storage.outbox.messaging_window import Charge, MessagingWindow

__all__ = ["Charge", "MessagingWindow"]
