"""CN506: a Celery queue that no worker of the workspace consumes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Final

from canonry.model import Finding, Position, Priority, Range, Related, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.queues import QUEUES, Naming, QueueName
from canonry.rules.facts.workers import WORKERS, WorkerCommand

DEFAULT: Final = "celery"
"""Celery's own default queue, where `task_default_queue` names no other."""
MOST_RELATED: Final = 5
"""Worker commands that a finding shows."""

_NOT_DEPLOYED: Final = re.compile(
    r"(^|/)(\.github|\.circleci|\.gitlab|docs?|examples?)/|(^|/)(\.gitlab-ci|\.travis|azure-pipelines|bitbucket-pipelines)"
)
"""Where commands are of continuous integration or of documentation: nobody's queues are consumed there."""

_APP: Final = {
    "shop/__init__.py": "",
    "shop/app.py": """\
from celery import Celery

app = Celery("shop")
""",
}


class QueueWithoutConsumer(Rule):
    """## What it does
    Finds a Celery queue that a task, a route or a call names and that no worker command of the workspace
    consumes. Worker commands are read in compose files, Kubernetes manifests and other YAML, Procfiles,
    systemd units, supervisor's files, Dockerfiles, makefiles and shell scripts.

    ## Why is this bad?
    The message is accepted and waits for ever; no error is raised anywhere. It shows when somebody asks
    why no mail came. No other linter reads both the code and the commands it is deployed with.

    ## Example
    ```python
    # docker-compose.yml: celery -A shop worker -Q celery,emails
    @app.task(queue="thumbnails")
    def make_thumbnail(path): ...
    ```

    ## Use instead
    ```python
    # docker-compose.yml: celery -A shop worker -Q celery,emails,thumbnails
    @app.task(queue="thumbnails")
    def make_thumbnail(path): ...
    ```

    ## When it stays silent
    - the workspace has no worker command (those of continuous integration and documentation are none)
    - a worker without `-Q` consumes the default queue (`task_default_queue`, else `celery`) and all that
      `task_queues` declares
    - a worker whose queues are not written out: a variable, a template, `-X`; it may consume any
    - the name of the queue is computed
    - tests
    """

    code: ClassVar[str] = "CN506"
    name: ClassVar[str] = "queue-without-consumer"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "tasks, routes and calls, beside a worker of a compose file",
            {
                **_APP,
                "docker-compose.yml": """\
services:
  worker:
    build: .
    command: celery -A shop.app worker -Q celery,emails --loglevel=info
""",
                "shop/tasks.py": """\
from shop.app import app

app.conf.task_routes = {
    "shop.tasks.send_receipt": {"queue": "emails"},
    "shop.tasks.report": {"queue": "reports"},  # want: CN506 `reports`
    "shop.tasks.export": "exports",  # want: CN506 add it to `-Q`
}


@app.task(queue="thumbnails")  # want: CN506 celery, emails
def make_thumbnail(path):
    return path


@app.task
def report(month):
    make_thumbnail.apply_async((month,), queue="thumbs")  # want: CN506 `thumbs`
    return month
""",
            },
        ),
        Invalid(
            "a manifest with its command in a list, and a unit without -Q",
            {
                **_APP,
                "deploy/worker.yaml": """\
apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      containers:
        - name: worker
          command:
            - celery
          args:
            - -A
            - shop.app
            - worker
            - --queues=ingest
---
kind: Service
""",
                "deploy/shop.service": """\
[Service]
ExecStart=/opt/shop/bin/celery -A shop.app \\
    worker --loglevel=info
""",
                "shop/settings.py": """\
CELERY_TASK_DEFAULT_QUEUE = "main"
""",
                "shop/tasks.py": """\
from celery import shared_task

AUDIO = "audio"


@shared_task(queue="ingest")
def ingest(path):
    return path


@shared_task(queue="main")
def index(path):
    return path


@shared_task(queue=AUDIO)  # want: CN506 `audio`
def normalise(path):
    return path
""",
            },
        ),
        Invalid(
            "scripts and a Procfile, several workers in one",
            {
                **_APP,
                "Procfile": "worker: celery -A shop.app worker -Q images --autoscale $MOST,$LEAST $REST\n",
                "ops/start.sh": """\
#!/bin/sh
QUEUES="video,stills"
cd /srv && exec celery -A shop.app worker \\
    -Q $QUEUES -n video@%h
celery multi start two -A shop.app -Q:1 slow -Q:2 fast
""",
                "shop/tasks.py": """\
from shop.app import app


@app.task(queue="stills")
def still(path):
    return path


@app.task(queue="fast")
def resize(path):
    return path


@app.task(queue="celery")  # want: CN506 `celery`
def mail(path):
    return path
""",
            },
        ),
        Invalid(
            "settings given by update, and by a dictionary",
            {
                **_APP,
                "supervisord.conf": """\
[program:worker]
command=celery -A shop.app worker
    --loglevel=INFO
    -Q light
""",
                "shop/settings.py": """\
from shop.app import app

app.conf.update(task_routes={"shop.tasks.*": {"queue": "heavy"}})  # want: CN506 `heavy`
CELERY = {"task_routes": [("shop.light.*", {"queue": "light"})]}
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "no worker command is known",
            {
                **_APP,
                "Procfile": "web: gunicorn shop.web\n",
                ".github/workflows/test.yml": "steps:\n  - run: celery -A shop worker -Q x\n",
                "shop/tasks.py": """\
from shop.app import app


@app.task(queue="mail")
def mail(address):
    return address
""",
            },
        ),
        Valid(
            "a worker whose queues are decided elsewhere may consume any",
            {
                **_APP,
                "docker-compose.yml": """\
services:
  worker:
    command: celery -A shop.app worker -Q ${QUEUES:-mail}
""",
                "shop/tasks.py": """\
from shop.app import app


@app.task(queue="pictures")
def resize(path):
    return path
""",
            },
        ),
        Valid(
            "a worker without -Q consumes what the application declares",
            {
                **_APP,
                "Procfile": "worker: celery -A shop.app worker\n",
                "shop/settings.py": """\
from kombu import Queue
from shop.app import app

app.conf.task_queues = (Queue("celery"), Queue("pictures"))
""",
                "shop/tasks.py": """\
from shop.app import app


@app.task(queue="pictures")
def resize(path):
    return path
""",
            },
        ),
        Valid(
            "a script that hands its arguments on",
            {
                **_APP,
                "bin/worker.sh": '#!/bin/sh\nexec celery -A shop.app worker "$@"\n',
                "shop/tasks.py": """\
from shop.app import app


@app.task(queue="pictures")
def resize(path):
    return path
""",
            },
        ),
        Valid(
            "a template that cannot be read as YAML",
            {
                **_APP,
                "chart/worker.yaml": """\
# The celery-worker of the shop
{{- if .Values.worker }}
command: ["celery", "-A", "shop.app", "worker", "-Q", {{ .Values.queues | quote }}]
{{- end }}
""",
                "Procfile": "worker: celery -A shop.app worker -Q mail\n",
                "shop/tasks.py": """\
from shop.app import app


@app.task(queue="pictures")
def resize(path):
    return path
""",
            },
        ),
        Valid(
            "another template speaks of the worker and starts none; its queues are consumed",
            {
                **_APP,
                "chart/scaling.yaml": """\
{{- if .Values.celery.worker }}
kind: HorizontalPodAutoscaler
name: celery-worker
{{- end }}
""",
                "Procfile": "worker: celery -A shop.app worker -Q pictures\n",
                "shop/tasks.py": """\
from shop.app import app


@app.task(queue="pictures")
def resize(path):
    return path
""",
            },
        ),
        Valid(
            "queues that are none of Celery's",
            {
                **_APP,
                "Procfile": "worker: celery -A shop.app worker\n",
                "shop/jobs.py": """\
from procrastinate import App

jobs = App()


@jobs.task(queue="sums")
def add(one, two):
    return one + two


def start(pool):
    pool.submit(add, queue="fast")
""",
            },
        ),
        Valid(
            "Python starts a worker of its own, or computes the name",
            {
                **_APP,
                "Procfile": "worker: celery -A shop.app worker -Q mail\n",
                "shop/run.py": """\
from shop.app import app


def main():
    app.worker_main(["worker", "-Q", "pictures"])
""",
                "shop/tasks.py": """\
from shop.app import app
from shop.names import queue_of


@app.task(queue="pictures")
def resize(path):
    return path


@app.task(queue=queue_of("mail"))
def mail(path):
    return path
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding at each name of a queue that nothing consumes."""
        own = [one for one in context.rows_of(QUEUES, module.path) if one.naming in _NAMED]
        if not own:
            return
        workers = context.derived(WORKERS, _workers)
        if not workers or not all(one.known for _, one in workers):
            return
        consumed = _consumed([one for _, one in workers], context)
        if consumed is None:
            return
        for one in own:
            if one.queue in consumed or (one.naming is Naming.TASK and not _is_celery(one, context)):
                continue
            names = ", ".join(sorted(consumed)) or "none"
            place = Range(Position(one.line, one.column), Position(one.end_line, one.end_column))
            yield self.finding(
                module,
                place,
                f"No worker consumes the queue `{one.queue}`: the workers' commands name {names}; "
                "add it to `-Q` of one",
                related=[
                    Related(f"starts a worker of {_told(worker)}", context.location(path, worker.line))
                    for path, worker in workers[:MOST_RELATED]
                ],
            )


_NAMED: Final = frozenset((Naming.TASK, Naming.ROUTE, Naming.CALL))


def _workers(rows: Mapping[str, tuple[WorkerCommand, ...]]) -> list[tuple[str, WorkerCommand]]:
    """The worker commands of the workspace, each once, in order of file and line."""
    return sorted(
        {(path, one) for path, some in rows.items() if not _NOT_DEPLOYED.search(path) for one in some},
        key=lambda held: (held[0], held[1].line),
    )


def _consumed(workers: list[WorkerCommand], context: RuleContext) -> set[str] | None:
    """All queues that are consumed; None where one of them cannot be told."""
    found = {queue for one in workers for queue in one.queues}
    started = [row.queue for _, row in context.rows(QUEUES, Naming.WORKER)]
    found.update(started)
    if any(one.default for one in workers):
        defaults = [row.queue for _, row in context.rows(QUEUES, Naming.DEFAULT)] or [DEFAULT]
        declared = [row.queue for _, row in context.rows(QUEUES, Naming.DECLARED)]
        found.update((*defaults, *declared))
    return None if "" in found else found


def _is_celery(one: QueueName, context: RuleContext) -> bool:
    """Whether a task's decorator is Celery's own, or of an application of Celery's."""
    if not one.through or one.through.startswith("celery"):
        return True
    known = {row.through for _, row in context.rows(QUEUES, Naming.APP)}
    if one.through in known or context.canonical(one.through) in known:
        return True
    return "celery" in one.through.lower()


def _told(worker: WorkerCommand) -> str:
    return ", ".join(worker.queues) if worker.queues else "the default queue"
