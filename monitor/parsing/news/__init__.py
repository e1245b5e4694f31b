"""What comes entry by entry: feeds, mails, release notes."""
