"""Digests that go out on schedule, for members and for officers."""
