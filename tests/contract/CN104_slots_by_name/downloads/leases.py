class LeaseBook:
    def __init__(self, store) -> None:
        self.store = store

    def _acquire_lease(self, job: str) -> str:
        return self.store.insert("lease", job)

    def _release_lease(self, lease: str) -> None:
        self.store.delete("lease", lease)

    def run(self, job: str, work) -> object:
        lease = self._acquire_lease(job)  # want: CN104
        result = work(job)
        self._release_lease(lease)
        return result

    def run_many(self, jobs: list[str], work) -> list[object]:
        results = []
        for job in jobs:
            lease = self._acquire_lease(job)  # ok: CN104 released in finally
            try:
                results.append(work(job))
            finally:
                self._release_lease(lease)
        return results

    def reserve(self, job: str) -> str:
        return self._acquire_lease(job)  # ok: CN104 the caller gives it back
