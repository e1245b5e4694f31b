"""Answers of APIs and catalogues in JSON: items with fields, page by page."""
