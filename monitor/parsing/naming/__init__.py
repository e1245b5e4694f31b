"""Names in text: which words name a model, where they stand, and the versions printed behind them."""
