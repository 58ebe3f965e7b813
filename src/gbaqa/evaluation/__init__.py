"""Gold questions, predictions and measures."""
