from pressroom.runner import EnhancedJobRunner
from pressroom.runner_v2 import JobRunnerV2


def night_shift(tasks: list) -> int:
    runner = JobRunnerV2(workers=4)
    for task in tasks:
        runner.submit(task)
    return runner.step()


def stop_everything(runner: EnhancedJobRunner) -> None:
    runner.cancel_all()
