"""How views look outside: JSON lines, and tables that say the same."""
