"""Commands of `niemtin`."""
