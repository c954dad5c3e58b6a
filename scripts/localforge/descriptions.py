"""Requests and answers, held against the forge's own description.

A description is OpenAPI 3.0 or Swagger 2.0 with `paths`; `jsonschema` does the comparing of values. Members and query
parameters that a description does not name are violations, too: a forge would not look at them.
"""

from __future__ import annotations

import json
import pathlib

from .calls import match

# GitHub's descriptions of statuses are not in every trimmed copy; this is the operation as GitHub documents it.
GITHUB_STATUSES = {
    "post": {
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in ("owner", "repo", "sha")
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["state"],
                        "properties": {
                            "state": {"type": "string", "enum": ["error", "failure", "pending", "success"]},
                            "target_url": {"type": "string", "nullable": True},
                            "description": {"type": "string", "nullable": True, "maxLength": 140},
                            "context": {"type": "string", "default": "default"},
                        },
                    }
                }
            },
        },
        "responses": {},
    }
}


def modern(schema):
    """OpenAPI's own `nullable` in the words of JSON Schema."""
    if isinstance(schema, list):
        return [modern(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {key: modern(value) for key, value in schema.items() if key not in ("example", "examples")}
    if changed.pop("nullable", False) is True:
        return {"anyOf": [changed, {"type": "null"}]}
    return changed


class Description:
    def __init__(self, folder, kind):
        path = pathlib.Path(folder) / f"{kind}.json"
        self.document = modern(json.loads(path.read_text()))
        # GitLab's paths contain the prefix that the others give apart.
        self.prefix = "/api/v4" if kind == "gitlab" else ""
        if kind == "github":
            self.document["paths"].setdefault("/repos/{owner}/{repo}/statuses/{sha}", modern(GITHUB_STATUSES))
        import jsonschema

        self.validator = jsonschema.Draft7Validator

    def operation(self, method, path):
        """The operation that a path names; one without a variable in a place wins over one with it."""
        found = []
        for template, operations in self.document["paths"].items():
            parameters = match(template, self.prefix + path)
            if parameters is not None and method.lower() in operations:
                found.append((len(parameters), parameters, operations[method.lower()]))
        return min(found, key=lambda one: one[0])[1:] if found else (None, None)

    def resolved(self, item):
        while isinstance(item, dict) and "$ref" in item:
            target = self.document
            for step in item["$ref"].lstrip("#/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")]
            item = target
        return item

    def complaints(self, schema, value, where):
        whole = {"allOf": [schema]}
        for part in ("components", "definitions"):
            if part in self.document:
                whole[part] = self.document[part]
        errors = self.validator(whole).iter_errors(value)
        return [f"{where} at {list(error.absolute_path)}: {error.message[:300]}" for error in errors]

    def violations_of_request(self, method, path, query, body):
        parameters, operation = self.operation(method, path)
        if operation is None:
            return [f"no operation {method} {path}"]
        complaints = self.parameter_complaints(operation, parameters, query)
        schema, required = self.body_schema(operation)
        if body is None:
            return complaints + (["a body is required"] if required else [])
        if schema is None:
            return complaints + ["the operation takes no body"]
        complaints += self.complaints(schema, body, "body")
        return complaints + self.unknown_members(schema, body)

    def parameter_complaints(self, operation, path_values, query):
        described = [self.resolved(one) for one in operation.get("parameters", [])]
        values = {"path": path_values, "query": query}
        complaints = []
        for one in described:
            place = values.get(one["in"])
            if place is None:
                continue
            if one["name"] not in place:
                if one.get("required"):
                    complaints.append(f"the {one['in']} lacks `{one['name']}`")
                continue
            schema = one.get("schema", {key: one[key] for key in ("type", "enum", "minimum") if key in one})
            value = place[one["name"]]
            if self.resolved(schema).get("type") == "integer" and value.lstrip("-").isdigit():
                value = int(value)
            complaints += self.complaints(schema, value, f"{one['in']} `{one['name']}`")
        known = {one["name"] for one in described if one["in"] == "query"}
        return complaints + [f"no query `{name}`" for name in query if name not in known]

    def body_schema(self, operation):
        for one in operation.get("parameters", []):
            one = self.resolved(one)
            if one["in"] == "body":
                return one["schema"], one.get("required", False)
        body = self.resolved(operation.get("requestBody"))
        if not body:
            return None, False
        return body["content"]["application/json"]["schema"], body.get("required", False)

    def unknown_members(self, schema, body):
        properties = self.resolved(schema).get("properties")
        if not properties or not isinstance(body, dict):
            return []
        return [f"the body has no member `{name}`" for name in body if name not in properties]

    def violations_of_answer(self, method, path, answer):
        """Only what the description says of this status; errors are described loosely or not at all."""
        _, operation = self.operation(method, path)
        if operation is None or answer.json is None:
            return []
        responses = operation.get("responses", {})
        response = self.resolved(responses.get(str(answer.status)))
        if not response:
            return []
        schema = response.get("schema")
        if schema is None:
            content = response.get("content", {}).get("application/json", {})
            schema = content.get("schema")
        return self.complaints(schema, answer.json, "answer") if schema else []

    def violations_of_webhook(self, name, payload):
        webhook = self.document.get("x-webhooks", {}).get(name)
        if webhook is None:
            return []
        schema = webhook["post"]["requestBody"]["content"]["application/json"]["schema"]
        return self.complaints(schema, payload, f"webhook {name}")
