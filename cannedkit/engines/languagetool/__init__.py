"""LanguageTool: what it says, a server of our own, and how to install one."""
