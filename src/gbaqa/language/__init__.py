"""What script a text is in, where its sentences and words end, and which numbers it states."""
