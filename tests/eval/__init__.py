"""How well posts are recognised, on public data beside the checkout: `make eval`."""
