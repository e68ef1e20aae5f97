from dataclasses import dataclass


@dataclass(frozen=True)
class RetryPolicy:  # want: CN003
    stall_limit: int
    reverse_first: bool = True

    def steps(self, wanted: int) -> list[int]:
        back = [-5] if self.reverse_first else []
        return back + [wanted] * self.stall_limit


def build_plan(scene: dict[str, int]) -> list[tuple[int, str]]:  # ok: CN003 the most used of the two
    return sorted((second, puppet) for puppet, second in scene.items())
