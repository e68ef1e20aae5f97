from datetime import date

from clinicbill.periods import month_bounds, quarter_of


def invoice_period(day: date) -> dict[str, str]:
    first, last = month_bounds(day)
    return {"from": first.isoformat(), "to": last.isoformat(), "quarter": f"Q{quarter_of(day)}"}
