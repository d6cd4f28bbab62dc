"""The metrics as JSON, for programs: `/api/metrics/`."""
