def normalize(samples: list[float]) -> list[float]:  # want: CN003
    peak = max((abs(sample) for sample in samples), default=0.0)
    return [sample / peak for sample in samples] if peak else samples


def _clean(samples: list[float]) -> list[float]:  # ok: CN003 a private name
    return [sample for sample in samples if sample == sample]
