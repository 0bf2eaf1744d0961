"""A process that stays warm and runs commands for others: the one who asks, what the two say, the one who serves."""
