"""Values for a JSON schema: made up, or made to fit."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
DEEPEST = 8  # a schema that contains itself ends here
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def example(schema: Schema, root: Schema | None = None, depth: int = 0) -> Any:
    """The simplest value that `schema` allows."""
    root = schema if root is None else root
    schema = _resolved(schema, root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if alternatives := _alternatives(schema):
        return example(_simplest(alternatives, depth), root, depth + 1)
    return _example_of(_type(schema), schema, root, depth)


def conform(value: Any, schema: Schema, root: Schema | None = None) -> Any:
    """`value` without what `schema` does not know, and examples where something is missing."""
    root = schema if root is None else root
    schema = _resolved(schema, root)
    if alternatives := _alternatives(schema):
        fitting = [each for each in alternatives if _is_of(value, _resolved(each, root))]
        return conform(value, fitting[0], root) if fitting else example(schema, root)
    if not _is_of(value, schema):
        return example(schema, root)
    if isinstance(value, dict) and "properties" in schema:
        return {
            name: conform(value[name], part, root) if name in value else example(part, root)
            for name, part in schema["properties"].items()
        }
    if isinstance(value, list):
        fitted = [conform(item, schema.get("items", {}), root) for item in value]
        return fitted[: schema.get("maxItems")]
    return value


def _example_of(kind: str, schema: Schema, root: Schema, depth: int) -> Any:
    if kind == "object":
        parts = schema.get("properties", {})
        return {name: example(part, root, depth + 1) for name, part in parts.items()}
    if kind == "array":
        size = schema.get("minItems", 0 if depth > DEEPEST else min(1, schema.get("maxItems", 1)))
        return [example(schema.get("items", {}), root, depth + 1) for _ in range(size)]
    if kind == "string":
        return _text(schema)
    if kind in {"integer", "number"}:
        return _number(schema, whole=kind == "integer")
    return kind == "boolean" or None


def _text(schema: Schema) -> str:
    text = "Fine."
    return text.ljust(schema.get("minLength", 0), ".")[: schema.get("maxLength")]


def _number(schema: Schema, *, whole: bool) -> Any:
    """The least one there is: 0, or at a bound."""
    step = 1 if whole else 0.5
    least = schema.get("minimum", schema.get("exclusiveMinimum", -step) + step)
    most = schema.get("maximum", schema.get("exclusiveMaximum", least + 2 * step) - step)
    return least if "minimum" in schema or "exclusiveMinimum" in schema else min(0, most)


def _resolved(schema: Schema, root: Schema) -> Schema:
    """`$ref` replaced by what it points to, `allOf` by all of its parts as one."""
    while "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#").strip("/").split("/"):
            target = target[step] if step else target
        schema = {**{key: value for key, value in schema.items() if key != "$ref"}, **target}
    for part in schema.get("allOf", ()):
        schema = {**schema, **_resolved(part, root)}
    return schema


def _alternatives(schema: Schema) -> list[Schema]:
    return list(schema.get("anyOf") or schema.get("oneOf") or ())


def _simplest(alternatives: list[Schema], depth: int) -> Schema:
    """The first one; nothing at all where that would never end."""
    nothing = [each for each in alternatives if each.get("type") == "null"]
    return nothing[0] if nothing and depth > DEEPEST else alternatives[0]


def _type(schema: Schema) -> str:
    kind = schema.get("type", "object" if "properties" in schema else "string")
    return str(kind[0] if isinstance(kind, list) else kind)


def _is_of(value: Any, schema: Schema) -> bool:
    if "enum" in schema or "const" in schema:
        return value in schema.get("enum", [schema.get("const")])
    kinds = schema.get("type", list(_TYPES))
    names = [kinds] if isinstance(kinds, str) else kinds
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names)
