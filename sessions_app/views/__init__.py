"""Pages: fetch with permission, form or action, answer."""
