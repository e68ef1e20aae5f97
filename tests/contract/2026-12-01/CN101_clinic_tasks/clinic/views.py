import asyncio

from django.http import HttpRequest, JsonResponse

from clinic.reminders import pending_visits, send_sms
from clinic.tasks import remind_one


async def queue_reminders(request: HttpRequest) -> JsonResponse:
    visits = await pending_visits()
    for visit_id in visits:
        remind_one.delay(visit_id)
    return JsonResponse({"queued": len(visits)})


async def confirm_visit(request: HttpRequest, visit_id: int) -> JsonResponse:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(send_sms(visit_id, "Confirmed"))  # want: CN101
    return JsonResponse({"confirmed": visit_id})


def visit_overview(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"visits": asyncio.run(pending_visits())})  # ok: CN101 a sync view
