import logging

from django.http import JsonResponse
from django.views import View

from clinic.models import Appointment

logger = logging.getLogger("clinic.views")


class AppointmentView(View):
    def get(self, request, pk: int) -> JsonResponse:
        try:
            appointment = Appointment.objects.get(pk=pk)
        except Exception as e:
            logger.error(e)  # want: CN202
            return JsonResponse({}, status=500)
        return JsonResponse({"at": appointment.at.isoformat()})

    def post(self, request, pk: int) -> JsonResponse:
        try:
            Appointment.objects.filter(pk=pk).update(confirmed=True)
        except Exception as e:
            logger.error("Could not confirm: %s" % e)  # want: CN202
            return JsonResponse({}, status=500)
        return JsonResponse({})

    def delete(self, request, pk: int) -> JsonResponse:
        try:
            Appointment.objects.get(pk=pk).delete()
        except Appointment.DoesNotExist as e:
            logger.error("Could not delete: %s", e)  # ok: CN202 raised again
            raise
        except Exception as e:
            logging.error(f"Could not delete: {e}")  # want: CN202
        return JsonResponse({})
