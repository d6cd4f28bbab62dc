"""View models: a report prepared for its page, so that templates only lay out."""
