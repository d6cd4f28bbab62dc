import metrics_app.histogram_field
import metrics_app.histograms
from django.db import migrations

SPREADS = {
    "HourlyCalls": ("latency", "tokens_in_spread", "tokens_out_spread"),
    "HourlyRuns": ("total",),
    "HourlyStages": ("durations",),
    "TotalCalls": ("latency", "tokens_in_spread", "tokens_out_spread"),
    "TotalRuns": ("total",),
}
FIELDS = [(model, name) for model, names in SPREADS.items() for name in names]


def as_bytes(apps, schema_editor):
    for model, names in SPREADS.items():
        rows = apps.get_model("metrics_app", model).objects.order_by()
        for row in rows.iterator():
            for name in names:
                counts = {int(bucket): n for bucket, n in getattr(row, f"{name}_json").items()}
                setattr(row, name, metrics_app.histograms.Histogram(counts))
            row.save(update_fields=names)


class Migration(migrations.Migration):

    dependencies = [
        ('metrics_app', '0008_milliseconds'),
    ]

    operations = [
        *(migrations.RenameField(model, name, f"{name}_json") for model, name in FIELDS),
        *(
            migrations.AddField(
                model,
                name,
                metrics_app.histogram_field.HistogramField(default=metrics_app.histograms.Histogram),
            )
            for model, name in FIELDS
        ),
        migrations.RunPython(as_bytes, migrations.RunPython.noop),
        *(migrations.RemoveField(model, f"{name}_json") for model, name in FIELDS),
    ]
