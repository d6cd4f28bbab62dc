"""Which stored files the rows name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.models import FileField
from django.db.models.fields.json import KT

from sessions_app.models import RunStage
from sessions_app.stages.outputs import StageName


def named_files() -> set[str]:
    """The names of all files of the storage that the database knows, as it is seen now."""
    return {name for name in (*_in_fields(), *_in_outputs()) if name}


def _in_fields() -> Iterator[str]:
    """Also of models that are not made yet."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                yield from model._default_manager.values_list(field.name, flat=True)


def _in_outputs() -> Iterable[str]:
    """Normalised audio: a run that goes on after a restart hears it."""
    outputs = RunStage.objects.filter(stage=StageName.MEDIA)
    return outputs.values_list(KT("output__audio_name"), flat=True)
