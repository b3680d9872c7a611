TIMES = ["06:40", "09:10", "13:25", "18:05"]


def following(after: str) -> str:
    """The first departure later than `after`, or the first of the next day."""
    return next((time for time in TIMES if time > after), TIMES[0])
