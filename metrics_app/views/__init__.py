"""Pages for staff. Programs ask the API instead."""
