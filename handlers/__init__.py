"""The conversation: what the club's bot says and does, free of any messenger."""
