"""Looking after a database: its size, its soundness, copies of it, and what may be thinned out."""
