"""Answers worded by a language model and held against the document by code. Imported only where a model is configured."""
