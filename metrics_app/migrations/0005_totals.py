from collections import Counter
from datetime import timedelta
from itertools import groupby

import django.db.models.deletion
from django.db import migrations, models

CALL_KEYS = ("run_kind", "purpose", "model", "outcome", "cache_hit")
RUN_KEYS = ("kind", "queue", "mode", "outcome")
NO_SUMS = {"id", "hour", "until", "milliseconds"}


def add_up_hours(apps, schema_editor):
    """What was added up by the hour so far, together."""
    for name, keys in (("Calls", CALL_KEYS), ("Runs", RUN_KEYS)):
        hourly = apps.get_model("metrics_app", f"Hourly{name}")
        _add_up(hourly, apps.get_model("metrics_app", f"Total{name}"), keys)


def _add_up(hourly, total, keys):
    """Reads one hour at a time: there may be years of them."""
    hours = hourly.objects.order_by(*keys, "hour").values().iterator()
    for key, alike in groupby(hours, lambda hour: tuple(hour[name] for name in keys)):
        total.objects.create(**dict(zip(keys, key, strict=True)), **_together(alike, keys))


def _together(hours, keys):
    sums, until = {}, None
    for hour in hours:
        until = hour["hour"] + timedelta(hours=1)
        for name, value in hour.items():
            if name in keys or name in NO_SUMS:
                continue
            if isinstance(value, dict):
                sums.setdefault(name, Counter()).update(value)
            else:
                sums[name] = sums.get(name, 0) + value
    return sums | {"until": until}


class Migration(migrations.Migration):

    dependencies = [
        ('metrics_app', '0004_metrics'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='call',
            name='call_by_purpose',
        ),
        migrations.AlterField(
            model_name='stagetiming',
            name='run',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='metrics_app.run'),
        ),
        migrations.CreateModel(
            name='LateRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=10)),
                ('hour', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='hourlyruns',
            name='came_down',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='TotalCalls',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('run_kind', models.CharField(max_length=20)),
                ('purpose', models.CharField(max_length=40)),
                ('model', models.CharField(max_length=100)),
                ('outcome', models.CharField(max_length=30)),
                ('cache_hit', models.BooleanField()),
                ('calls', models.PositiveIntegerField()),
                ('could_hit', models.PositiveIntegerField()),
                ('unpriced', models.PositiveIntegerField()),
                ('tokens_in', models.PositiveBigIntegerField()),
                ('tokens_cached', models.PositiveBigIntegerField()),
                ('tokens_out', models.PositiveBigIntegerField()),
                ('audio_ms', models.PositiveBigIntegerField()),
                ('latency_ms', models.PositiveBigIntegerField()),
                ('latency', models.JSONField(default=dict)),
                ('tokens_in_spread', models.JSONField(default=dict)),
                ('tokens_out_spread', models.JSONField(default=dict)),
                ('cost_usd', models.DecimalField(decimal_places=8, max_digits=20)),
                ('until', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run_kind', 'purpose', 'model', 'outcome', 'cache_hit'), name='calls_in_total_once')],
            },
        ),
        migrations.CreateModel(
            name='TotalRuns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('queue', models.CharField(max_length=20)),
                ('mode', models.CharField(blank=True, max_length=20)),
                ('outcome', models.CharField(max_length=20)),
                ('runs', models.PositiveIntegerField()),
                ('degraded', models.PositiveIntegerField()),
                ('came_down', models.PositiveIntegerField(default=0)),
                ('checked', models.PositiveIntegerField()),
                ('regenerated', models.PositiveIntegerField()),
                ('total_ms', models.PositiveBigIntegerField()),
                ('total', models.JSONField(default=dict)),
                ('until', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'queue', 'mode', 'outcome'), name='runs_in_total_once')],
            },
        ),
        migrations.RunPython(add_up_hours, migrations.RunPython.noop),
    ]
