"""A talk, its report and everything else of a person as files to keep."""
