"""Other outside worlds: one file talks to one of them, with aiohttp. What can be asked of them is in `bot.ports`."""
