"""Text → values, without I/O: dates, documents, tables by column role, prose, model pages, listings. Knows formats, never vendors."""
