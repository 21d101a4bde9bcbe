"""A fitted model ↔ plain data and named arrays, so that it can be kept in files without pickle. Knows no files.

A model is a tree of frozen dataclasses. Their fields hold arrays, numbers, texts, tuples of these, mappings by text, or
further dataclasses; fields that are not arguments of the constructor are derived, and left out. An array that several
parts share is kept once.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar, get_type_hints

import numpy as np
import numpy.typing as npt

Model = TypeVar("Model")
Arrays = Mapping[str, npt.NDArray[Any]]
ARRAY = "array"


def pack(model: Any) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:  # noqa: ANN401 - any dataclass
    """What JSON can hold of a model, and its arrays by name."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    names: dict[int, str] = {}

    def packed(value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
        if dataclasses.is_dataclass(value):
            return {field.name: packed(getattr(value, field.name)) for field in dataclasses.fields(value) if field.init}
        if not isinstance(value, np.ndarray):
            return value
        name = names.setdefault(id(value), f"{ARRAY}{len(names)}")
        arrays[name] = value
        return {ARRAY: name}

    return packed(model), arrays


def unpack(kind: type[Model], plain: Mapping[str, Any], arrays: Arrays) -> Model:
    """The model that was packed. Raises KeyError or TypeError where plain data or arrays are of another kind."""
    hints = get_type_hints(kind)

    def unpacked(hint: Any, value: Any) -> Any:  # noqa: ANN401 - a type, and what JSON made of a value
        if dataclasses.is_dataclass(hint):
            return unpack(hint, value, arrays)  # type: ignore[arg-type]  # a class, not an instance
        if isinstance(value, dict) and value.keys() == {ARRAY}:
            return arrays[value[ARRAY]]
        return tuple(value) if isinstance(value, list) else value

    fields = dataclasses.fields(kind)  # type: ignore[arg-type]  # a dataclass, which no type variable can say
    return kind(**{field.name: unpacked(hints[field.name], plain[field.name]) for field in fields if field.init})
