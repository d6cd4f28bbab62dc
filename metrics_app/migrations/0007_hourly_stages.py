from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone


def add_up_again(apps, schema_editor):
    """The hours of the last days, whose stages nobody has added up: no page looks further back."""
    since = timezone.now() - timedelta(days=8)
    hours = apps.get_model("metrics_app", "HourlyRuns").objects.filter(hour__gte=since).order_by()
    notes = apps.get_model("metrics_app", "LateRow").objects
    notes.bulk_create(
        notes.model(table="run", hour=hour) for hour in hours.values_list("hour", flat=True).distinct()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('metrics_app', '0006_came_down'),
    ]

    operations = [
        migrations.CreateModel(
            name='HourlyStages',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.DateTimeField()),
                ('kind', models.CharField(max_length=20)),
                ('queue', models.CharField(max_length=20)),
                ('stage', models.CharField(max_length=20)),
                ('duration_ms', models.PositiveBigIntegerField()),
                ('durations', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hour', 'kind', 'queue', 'stage'), name='stages_of_hour_once')],
            },
        ),
        migrations.RunPython(add_up_again, migrations.RunPython.noop),
    ]
