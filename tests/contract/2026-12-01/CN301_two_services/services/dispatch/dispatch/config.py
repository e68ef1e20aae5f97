import os
from dataclasses import dataclass


@dataclass(frozen=True)
class DispatchConfig:
    zone: str
    batch: int

    @classmethod
    def from_env(cls) -> "DispatchConfig":
        return cls(zone=os.environ["LOGISTICS_ZONE"], batch=int(os.environ["DISPATCH_BATCH"]))  # ok: CN301 the config module


config = DispatchConfig.from_env()
