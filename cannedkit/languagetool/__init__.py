"""LanguageTool's server: fetched, started and stopped, spoken to; and the commands for it."""
