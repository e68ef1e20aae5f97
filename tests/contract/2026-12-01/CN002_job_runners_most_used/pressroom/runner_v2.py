from concurrent.futures import Future, ThreadPoolExecutor


class JobRunnerV2:  # want: CN002
    def __init__(self, workers: int) -> None:
        self.pool = ThreadPoolExecutor(workers)
        self.futures: list[Future] = []

    def submit(self, command) -> None:
        self.futures.append(self.pool.submit(command))

    def step(self) -> int:
        return sum(1 for future in self.futures if not future.done())

    def cancel_all(self) -> None:
        self.pool.shutdown(cancel_futures=True)
