from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts_app', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='language',
            field=models.CharField(blank=True, default='', max_length=10, verbose_name='language of the pages'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='user',
            name='leaving_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='mail_when_done',
            field=models.BooleanField(default=False, verbose_name='mail me when a report is ready'),
        ),
        migrations.AddField(
            model_name='user',
            name='media_retention_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='days to keep recordings'),
        ),
    ]
