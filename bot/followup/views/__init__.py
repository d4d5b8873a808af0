"""Pure: action items → Block Kit and text. Nobody is notified of being listed: people are shown by name."""
