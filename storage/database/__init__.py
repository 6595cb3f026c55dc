"""Connection and transactions: engine, encryption of columns, schema, leases, clock and ids."""
