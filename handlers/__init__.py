"""The conversation: handlers of all updates, independent of the messenger."""
