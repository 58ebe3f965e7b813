"""From evidence to an Answer with Citations, checked, or to a refusal."""
