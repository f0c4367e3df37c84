"""The interface as an OpenAPI 3.1 document, for programs that build clients or try it out."""

from typing import Any

from services.reporting.open311.catalogue import CHOICE, CHOICES, SERVICES
from services.reporting.open311.posting import LONGEST
from services.reporting.open311.reading import MOST

BASE = "/open311/v2"
_TEXT = {"type": ["string", "null"]}
_MOMENT = {"type": ["string", "null"], "format": "date-time"}

_SCHEMAS: dict[str, Any] = {
    "Errors": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["code", "description"],
            "properties": {"code": {"type": "integer"}, "description": {"type": "string"}},
        },
    },
    "Services": {"type": "array", "items": {"$ref": "#/components/schemas/Service"}},
    "Service": {
        "type": "object",
        "required": ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"],
        "properties": {
            "service_code": {"type": "string"}, "service_name": {"type": "string"}, "description": {"type": "string"},
            "metadata": {"type": "boolean"}, "type": {"enum": ["realtime", "batch", "blackbox"]},
            "keywords": {"type": "string"}, "group": {"type": "string"},
        },
    },
    "Definition": {
        "type": "object",
        "required": ["service_code", "attributes"],
        "properties": {"service_code": {"type": "string"}, "attributes": {"type": "array"}},
    },
    "Requests": {"type": "array", "items": {"$ref": "#/components/schemas/Request"}},
    "Request": {
        "type": "object",
        "required": ["service_request_id", "status", "requested_datetime"],
        "properties": {
            "service_request_id": {"type": "string"}, "status": {"enum": ["open", "closed"]}, "status_notes": _TEXT,
            "service_name": _TEXT, "service_code": _TEXT, "description": {"type": "null"},
            "agency_responsible": _TEXT, "service_notice": _TEXT, "requested_datetime": _MOMENT,
            "updated_datetime": _MOMENT, "expected_datetime": _MOMENT, "address": _TEXT, "address_id": {"type": "null"},
            "zipcode": {"type": "null"}, "lat": {"type": ["number", "null"]}, "long": {"type": ["number", "null"]},
            "media_url": {"type": "null"},
        },
    },
    "Taken": {
        "type": "array",
        "items": {
            "type": "object",
            "oneOf": [{"required": ["service_request_id"]}, {"required": ["token"]}],
            "properties": {
                "service_request_id": {"type": "string"}, "token": {"type": "string"}, "service_notice": _TEXT,
                "account_id": {"type": "null"},
            },
        },
    },
    "Exchanged": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["service_request_id", "token"],
            "properties": {"service_request_id": {"type": "string"}, "token": {"type": "string"}},
        },
    },
    "Discovery": {
        "type": "object",
        "required": ["changeset", "contact", "key_service", "endpoints"],
        "properties": {"endpoints": {"type": "array", "minItems": 1}},
    },
}  # fmt: skip


def document(url: str, cities: list[str]) -> dict[str, Any]:
    """`url`: where the pages are; `cities`: every `jurisdiction_id`."""
    form = {"name": "format", "in": "path", "required": True, "schema": {"enum": ["json", "xml"]}}
    jurisdiction = {"name": "jurisdiction_id", "in": "query", "required": len(cities) > 1, "schema": {"enum": cities}}

    def get(summary: str, schema: str, *parameters: Any) -> dict[str, Any]:
        codes = (400, 404, 429) if schema == "Requests" else (400, 404)  # who guesses tickets waits
        return {"get": {"summary": summary, "parameters": [form, *parameters], "responses": _responses(schema, *codes)}}

    def path(name: str) -> dict[str, Any]:
        return {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]+$"},
        }

    posted = {
        "post": {
            "summary": "POST Service Request",
            "parameters": [form],
            "requestBody": {
                "required": True,
                "content": {"application/x-www-form-urlencoded": {"schema": _posted(cities)}},
            },
            "responses": _responses("Taken", 400, 403, 404, 413, 429, 503)
            | {"405": {"description": "There are .xml and .json."}},
        }
    }
    paths = {
        "/discovery.{format}": get("Service Discovery", "Discovery"),
        "/services.{format}": get("GET Service List", "Services", jurisdiction),
        "/services/{service_code}.{format}": get(
            "GET Service Definition", "Definition", jurisdiction, path("service_code")
        ),
        "/requests.{format}": get("GET Service Requests", "Requests", jurisdiction, *_filters()) | posted,
        "/requests/{service_request_id}.{format}": get(
            "GET Service Request", "Requests", jurisdiction, path("service_request_id")
        ),
        "/tokens/{token}.{format}": get(
            "GET service_request_id from a token", "Exchanged", jurisdiction, path("token")
        ),
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tuntas: Open311 GeoReport v2", "version": "2.0.0"},
        "servers": [{"url": f"{url.rstrip('/')}{BASE}"}],
        "paths": paths,
        "components": {"schemas": _SCHEMAS},
    }


def _filters() -> list[dict[str, Any]]:
    known: dict[str, Any] = {
        "service_request_id": {"type": "string", "maxLength": 2000},
        "service_code": {"type": "string", "maxLength": 2000},
        "start_date": {"type": "string", "format": "date-time"},
        "end_date": {"type": "string", "format": "date-time"},
        "status": {"enum": ["open", "closed", "open,closed"]},
        "page": {"type": "integer", "minimum": 1, "maximum": 1_000_000},
        "page_size": {"type": "integer", "minimum": 1, "maximum": MOST},
    }
    return [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in known.items()]


_PLACES = (("lat", "long"), ("address_string",), ("address_id",))
"""GeoReport v2, "POST Service Request": lat and long, or address_string, or address_id; any of them is enough."""


def _posted(cities: list[str]) -> dict[str, Any]:
    texts = {name: {"type": "string", "maxLength": most} for name, most in LONGEST.items()}
    return {
        "type": "object",
        "required": ["api_key", "jurisdiction_id", "service_code"],
        "anyOf": [{"required": list(place)} for place in _PLACES],
        "dependentRequired": {"lat": ["long"], "long": ["lat"]},
        "properties": texts
        | {
            "lat": {"type": "number", "minimum": -90, "maximum": 90},
            "long": {"type": "number", "minimum": -180, "maximum": 180},
            "jurisdiction_id": {"enum": cities},
            "service_code": {"enum": list(SERVICES)},
            f"attribute[{CHOICE}]": {"enum": list(CHOICES)},
        },
    }


def _responses(schema: str, *errors: int) -> dict[str, Any]:
    def content(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}, "text/xml": {}}

    found: dict[str, Any] = {"200": {"description": schema, "content": content(schema)}}
    for status in errors:
        found[str(status)] = {"description": "Error", "content": content("Errors")}
    return found
