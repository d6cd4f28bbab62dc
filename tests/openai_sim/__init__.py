"""A server that speaks OpenAI's protocol, for tests and benchmarks: real HTTP, invented answers.

It runs as a program of its own (`python -m tests.openai_sim --port N`) and imports nothing of
the product, so that both sides hold to the protocol and not to each other. Tests start it
through `tests.simulator`.
"""
