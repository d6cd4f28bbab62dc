"""What the pages for staff show, as plain text and figures."""
