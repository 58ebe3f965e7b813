"""The two languages of a document read against each other: where they differ, and which terms stand for which."""
