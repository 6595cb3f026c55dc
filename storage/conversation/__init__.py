"""State of a conversation: open step, numbered choices, generated files."""
