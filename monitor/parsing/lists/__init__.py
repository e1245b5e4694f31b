"""Lists: what a lead says of the models below it, and the items that name them."""
