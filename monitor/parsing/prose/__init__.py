"""Sentences: who, what and when, tied into statements; whatever is doubted, denied or another's affair states nothing."""
