from django.db import migrations, models


def empty_the_index(apps, schema_editor):
    """Its words are read in another way now. After `migrate` an empty index is filled again from the record."""
    apps.get_model("pages", "PublishedText").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0004_finding'),
    ]

    operations = [
        migrations.RunPython(empty_the_index, migrations.RunPython.noop),
        migrations.AddField(
            model_name='publishedtext',
            name='words_until',
            field=models.DateTimeField(db_index=True, null=True),
        ),
    ]
