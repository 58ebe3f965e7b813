"""A PDF as pieces of a Document: characters with positions → lines → columns and tables → paragraphs, notes, page labels."""
