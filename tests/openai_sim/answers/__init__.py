"""What the simulated model says: plain rules over what the request carries."""
