"""Tables: columns by role, rows by their plan, cells by what they say."""
