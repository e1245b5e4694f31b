"""The read side: frozen views of what is believed, what changed and how the sources are doing; each from one open ledger."""
