"""The progress page: what one person's talks say together."""
