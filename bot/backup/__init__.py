"""What leaves the machine: the head of the audit log, an export, a backup. Read-only."""
