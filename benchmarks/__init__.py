"""What takes how long, measured. Each module says how it is started."""
