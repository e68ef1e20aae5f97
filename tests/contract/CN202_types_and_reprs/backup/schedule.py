import logging


class Schedule:
    def __init__(self, jobs: list) -> None:
        self.jobs = jobs
        self.logger = logging.getLogger(type(self).__name__)

    def run(self) -> None:
        for job in self.jobs:
            try:
                job()
            except Exception as error:
                self.logger.error("job: %s", error)  # want: CN202

    def run_once(self) -> None:
        try:
            self.jobs[0]()
        except IndexError:
            self.logger.error("there is no job")  # ok: CN202 no exception is interpolated
