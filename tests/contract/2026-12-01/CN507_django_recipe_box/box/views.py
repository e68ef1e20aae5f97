from django.http import HttpRequest, JsonResponse

RECIPES = {"borscht": ["chop", "simmer"]}


def recipe_list(request: HttpRequest) -> JsonResponse:
    return JsonResponse(sorted(RECIPES), safe=False)


def recipe_detail(request: HttpRequest, slug: str) -> JsonResponse:
    return JsonResponse({"slug": slug, "steps": len(RECIPES[slug])})


def recipe_step(request: HttpRequest, slug: str, step: int) -> JsonResponse:
    return JsonResponse({"text": RECIPES[slug][step]})


def archive(request: HttpRequest, year: str) -> JsonResponse:
    return JsonResponse({"year": int(year)})
