"""The audit (controle): what the ledger holds, against the log that was published of it."""
