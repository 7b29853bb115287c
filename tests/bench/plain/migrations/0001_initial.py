import django.db.models.deletion
from django.db import migrations, models


def _page(name, *fields):
    pointer = models.OneToOneField(
        auto_created=True,
        on_delete=django.db.models.deletion.CASCADE,
        parent_link=True,
        primary_key=True,
        serialize=False,
        to="wagtailcore.page",
    )
    return migrations.CreateModel(name, [("page_ptr", pointer), *fields], bases=("wagtailcore.page",))


class Migration(migrations.Migration):
    initial = True
    dependencies = [("wagtailcore", "0098_apitoken")]
    operations = [
        _page("PlainHomePage"),
        _page("PlainIndexPage"),
        # A stream is text to the database, and its blocks change without anything to migrate here.
        _page("PlainArticlePage", ("summary", models.TextField(blank=True)), ("body", models.TextField(blank=True))),
    ]
