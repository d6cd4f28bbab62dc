"""How every system talks to a model: typed questions, typed outcomes, one ledger.

asyncio and pydantic, no Django: the caller brings a frozen `Config` and the `Books` that keep
records, answers and spending.
"""
