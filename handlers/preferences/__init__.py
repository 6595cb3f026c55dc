"""A member's settings: language, areas, digest times, quiet hours."""
