def valve_angle(valve) -> int:
    try:
        return valve.read()
    except Exception:  # want: CN203
        return -1
