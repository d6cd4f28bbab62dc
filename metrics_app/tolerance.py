"""What is recorded is worth less than the work it is recorded of."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection, transaction

logger = logging.getLogger(__name__)


@contextmanager
def work_goes_on(otherwise: str) -> Iterator[None]:
    """In a savepoint, or a transaction of its own: when the database fails in it, `otherwise` is
    logged and what was written before it stands.
    """
    try:
        with transaction.atomic():
            yield
    except Error:
        logger.exception(otherwise)
        if not connection.in_atomic_block:
            connection.close()  # a new one works again when the database was away
