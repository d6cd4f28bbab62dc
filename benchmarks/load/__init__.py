"""How many people at once: a whole Speech Coach under the load of many browsers."""
