"""What the product's books say it paid."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Count, Sum

from metrics_app.models import Call
from tests.chaos.evidence import Books


def read() -> Books:
    """Kept answers that were used again cost nothing and were not sent."""
    sent = Call.objects.filter(cache_hit=False)
    heard = sent.filter(purpose="transcription", outcome="ok").values("run_id")
    return Books(
        usd=sent.aggregate(usd=Sum("cost_usd"))["usd"] or Decimal(0),
        paid=sent.filter(cost_usd__gt=0).count(),
        paid_again=sent.filter(could_hit=True).count(),
        heard=tuple(heard.annotate(times=Count("pk")).values_list("times", flat=True)),
    )
