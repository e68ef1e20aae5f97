def longest(tours: list) -> int:
    try:
        import guide.rooms as plan  # want: CN401
    except ImportError:
        return 0
    return max((room.minutes for tour in tours for room in tour.rooms if isinstance(room, plan.Room)), default=0)
