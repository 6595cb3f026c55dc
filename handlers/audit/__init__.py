"""The audit log as officers read it."""
