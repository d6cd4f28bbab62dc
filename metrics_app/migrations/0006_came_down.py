from django.db import migrations
from django.db.models import F


def count_as_before(apps, schema_editor):
    """What was added up without knowing which way a run was to go: until now all that were degraded
    and had a mode counted as come down from the parallel one.
    """
    for name in ("HourlyRuns", "TotalRuns"):
        hours = apps.get_model("metrics_app", name).objects.exclude(mode__in=("", "parallel"))
        hours.update(came_down=F("degraded"))


class Migration(migrations.Migration):

    dependencies = [
        ('metrics_app', '0005_totals'),
    ]

    operations = [
        migrations.RunPython(count_as_before, migrations.RunPython.noop),
    ]
