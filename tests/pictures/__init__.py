"""Pictures of every page for `docs/screenshots`, of an installation made for them."""
