"""What the figures of many days say: where they go, which days stand out, what to do about it."""
