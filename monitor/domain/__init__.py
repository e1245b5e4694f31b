"""The pure core: what is said about models, what follows from it, and whom to tell."""
