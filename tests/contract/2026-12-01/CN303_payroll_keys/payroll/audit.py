import os

import payroll.config as settings


class Auditor:
    def __init__(self, name: str, token: str | None = None) -> None:
        self.name = name
        self.token = token or os.environ["TAX_OFFICE_TOKEN"]  # want: CN303

    def signature(self) -> str:
        return f"{self.name}/{settings.tax_office_token()[:4]}"  # ok: CN303 through the accessor
