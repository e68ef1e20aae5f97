class Hall:
    def __init__(self, seats: int) -> None:
        self.free = seats
        self.leases: list[str] = []

    def _acquire_seat(self) -> None:
        if not self.free:
            raise RuntimeError("sold out")
        self.free -= 1

    def _release_seat(self) -> None:
        self.free += 1

    def _acquire_projector(self, film: str) -> None:
        self.leases.append(film)

    def _release_projector(self, film: str) -> None:
        self.leases.remove(film)

    def sell(self, customer) -> None:
        self._acquire_seat()  # want: CN104
        customer.pay()
        self._release_seat()

    def show(self, film: str, audience) -> None:
        self._acquire_projector(film)  # want: CN104
        for guest in audience:
            guest.watch(film)
        self._release_projector(film)

    def preview(self, film: str, critic) -> None:
        self._acquire_projector(film)  # ok: CN104 released in finally
        try:
            critic.watch(film)
        finally:
            self._release_projector(film)

    def reserve(self) -> None:
        self._acquire_seat()  # ok: CN104 kept, and given back by another call of the caller
