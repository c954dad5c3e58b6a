import django.db.models.deletion
from django.db import migrations, models

KEY = models.BigAutoField(
    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Book",
            fields=[
                ("id", KEY.clone()),
                ("title", models.CharField(max_length=200)),
                ("author", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Member",
            fields=[("id", KEY.clone()), ("name", models.CharField(max_length=200))],
        ),
        migrations.CreateModel(
            name="Loan",
            fields=[
                ("id", KEY.clone()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="loans",
                        to="library.member",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="library.book"
                    ),
                ),
                ("due", models.DateField()),
                ("returned", models.DateField(null=True)),
            ],
        ),
    ]
