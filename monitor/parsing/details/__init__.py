"""What models can do and cost, on pages about one model and in sheets of them."""
