"""Outbox pattern: mailings, their deliveries, and what decides which delivery goes out next."""
