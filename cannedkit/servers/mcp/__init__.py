"""The Model Context Protocol: tools, resources and prompts over one kit, by the official SDK."""
