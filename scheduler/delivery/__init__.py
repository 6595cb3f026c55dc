"""Delivery worker: takes due deliveries from the outbox and sends them."""
