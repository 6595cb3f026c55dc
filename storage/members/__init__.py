"""Members, their contacts, roles, invites, suspensions and account changes."""
