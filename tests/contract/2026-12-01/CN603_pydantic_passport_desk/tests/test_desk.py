from passports.models import Archive, Desk, Passport, Window


def passport() -> Passport:
    return Passport(number="P1", surname="Noether")


def test_dump():
    assert passport().model_dump()["initials"] == "N"  # ok: CN603 pydantic's method


def test_archive():
    archive = Archive()
    assert archive.drawer == 1
    assert archive.fetch_all() == []  # ok: CN603 the base cannot be seen


def test_printers():
    desk = Desk("pdf", "card")
    assert desk.print_pdf(passport()) == "pdf:P1"  # ok: CN603 made by setattr in the class


def test_window():
    window = Window(Desk())
    window.desk.queue.append(passport())
    assert window.serve().surname == "Noether"
    assert window.served == 1  # ok: CN603 set in __init__


def test_window_closes():
    window = Window(Desk())
    window.close()  # want: CN603


def test_two_windows():
    first, second = Window(Desk()), Window(Desk())
    first.served = 3
    assert first.served > second.served  # ok: CN603 set in __init__


def test_serving_counter():
    window = Window(desk=Desk())
    assert window.count_served == 0  # want: CN603


def test_window_with_sign():
    window = Window(Desk())
    window.sign = "back in 5 minutes"
    assert window.sign.startswith("back")  # ok: CN603 the test gives it


def test_optional_member():
    window = Window(Desk())
    assert not hasattr(window, "bell")  # ok: CN603 asks whether it is there
    assert getattr(window, "bell", None) is None  # ok: CN603 with a default
