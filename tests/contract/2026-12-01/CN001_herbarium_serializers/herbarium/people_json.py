from typing import Any


def collector_to_json(collector: Any) -> dict[str, Any]:  # ok: CN001 serializer of another kind
    data: dict[str, Any] = {"type": "collector", "id": str(collector.id)}
    data["name"] = collector.name
    data["born_on"] = collector.born_on.isoformat()
    if collector.orcid:
        data["orcid"] = collector.orcid
    return data


class InstituteSerializer:
    def dump(self, institute: Any) -> dict[str, Any]:  # ok: CN001 serializer of another kind
        data: dict[str, Any] = {"type": "institute", "id": str(institute.id)}
        data["code"] = institute.code
        data["founded_on"] = institute.founded_on.isoformat()
        if institute.website:
            data["website"] = institute.website
        return data
