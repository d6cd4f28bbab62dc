"""How every number of a report came about, with the operands of the talk it is about."""
