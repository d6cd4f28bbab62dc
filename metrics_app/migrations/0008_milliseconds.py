from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('metrics_app', '0007_hourly_stages'),
    ]

    operations = [
        migrations.AddField(
            model_name='hourlycalls',
            name='milliseconds',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='hourlyruns',
            name='milliseconds',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='hourlystages',
            name='milliseconds',
            field=models.BinaryField(null=True),
        ),
    ]
