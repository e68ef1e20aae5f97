class LeaseTable:
    def __init__(self) -> None:
        self.owners: dict[str, str] = {}

    def acquire_lease(self, name: str, owner: str) -> bool:
        return self.owners.setdefault(name, owner) == owner

    def release_lease(self, name: str) -> None:
        self.owners.pop(name, None)


def publish_playlist(leases: LeaseTable, name: str, segments: list[str]) -> int:
    leases.acquire_lease(name, "playlist")  # want: CN104
    with open(f"/srv/hls/{name}.m3u8", "w", encoding="ascii") as out:
        for segment in segments:
            out.write(f"#EXTINF:6.0,\n{segment}\n")
    leases.release_lease(name)
    return len(segments)


class HeldLease:
    def __init__(self, leases: LeaseTable, name: str) -> None:
        self.leases = leases
        self.name = name

    def __enter__(self) -> "HeldLease":
        self.leases.acquire_lease(self.name, "scope")  # ok: CN104 __exit__ releases
        return self

    def __exit__(self, *exc: object) -> None:
        self.leases.release_lease(self.name)
