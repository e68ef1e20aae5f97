"""Celery tasks that copy appointments to the calendar."""
from celery import Celery
from celery.utils.log import get_task_logger

from clinic_sync.calendar import CalendarClient, CalendarError

app = Celery("clinic_sync")
task_log = get_task_logger(__name__)


@app.task(bind=True, max_retries=3)
def push_appointment(self, appointment: dict) -> None:
    client = CalendarClient(appointment["calendar"])
    try:
        client.put(appointment)
    except CalendarError as error:
        task_log.error("Appointment %s was not pushed: %s", appointment["id"], error)  # ok: CN202 retry raises
        raise self.retry(exc=error, countdown=30)


@app.task
def drop_appointment(calendar: str, appointment_id: str) -> bool:
    client = CalendarClient(calendar)
    try:
        client.delete(appointment_id)
    except CalendarError as error:
        task_log.error("Appointment {} was not dropped: {}".format(appointment_id, error))  # want: CN202
        return False
    else:
        task_log.info("Appointment %s dropped", appointment_id)
    return True


@app.task
def mirror_day(source: str, target: str, day: str) -> int:
    """Copy all appointments of one day; what fails is skipped."""
    reader, writer = CalendarClient(source), CalendarClient(target)
    copied = 0
    for item in reader.list_day(day):
        try:
            writer.put(item)
        except CalendarError as error:
            task_log.error(error)  # want: CN202
            continue
        except OSError as error:
            task_log.exception("writing to %s: %s", target, error)  # ok: CN202 exception() adds the traceback
            break
        copied += 1
    return copied
