import json
import logging

from django.http import HttpRequest, JsonResponse

from grading.rubric import Rubric, RubricError

LOG = logging.getLogger("grading")


def grade(request: HttpRequest, exam: int) -> JsonResponse:
    try:
        answers = json.loads(request.body)
        points = Rubric.for_exam(exam).score(answers)
    except json.JSONDecodeError as bad:
        LOG.error("exam %s: body is no JSON (%s)", exam, bad)  # want: CN202
        return JsonResponse({"error": "json"}, status=400)
    except RubricError as missing:
        LOG.error("exam %s: %s", exam, missing, exc_info=missing)  # ok: CN202 the exception itself as exc_info
        return JsonResponse({"error": "rubric"}, status=409)
    return JsonResponse({"points": points})
