"""From a received update to its handler: flood control, per-chat queues, inbox partition."""
