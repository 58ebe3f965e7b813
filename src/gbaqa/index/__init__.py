"""Documents cut into Chunks, embedded, and kept on disk: FAISS for vectors, BM25 for words."""
