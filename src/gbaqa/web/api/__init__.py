"""The programs' door: JSON, server-sent events, an OpenAI-compatible endpoint, MCP, health and metrics."""
