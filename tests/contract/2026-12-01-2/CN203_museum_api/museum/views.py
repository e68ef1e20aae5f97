"""Django views of the museum's public catalogue."""
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from museum.models import Exhibit
from museum.thumbs import thumbnail_url


@require_GET
def exhibit_detail(request: HttpRequest, slug: str) -> JsonResponse:
    try:
        exhibit = Exhibit.objects.get(slug=slug)
    except Exhibit.DoesNotExist:  # ok: CN203 narrow, and answered by 404
        raise Http404(slug)
    return JsonResponse({"title": exhibit.title, "image": thumbnail_url(exhibit.image_key)})


@require_GET
def visitor_count(request: HttpRequest) -> JsonResponse:
    try:
        count = cache.get_or_set("visitors", Exhibit.count_visitors, 60)
    except Exception as error:  # ok: CN203 the client is told what failed
        return JsonResponse({"error": str(error)}, status=503)
    return JsonResponse({"count": count})


@require_POST
def rate_exhibit(request: HttpRequest, slug: str) -> JsonResponse:
    stars = int(request.POST["stars"])
    try:
        with transaction.atomic():
            exhibit = Exhibit.objects.select_for_update().get(slug=slug)
            exhibit.add_rating(stars)
    except Exception:  # want: CN203
        pass
    return JsonResponse({"ok": True})
