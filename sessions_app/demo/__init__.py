"""The account and the talk that a new installation starts with."""
