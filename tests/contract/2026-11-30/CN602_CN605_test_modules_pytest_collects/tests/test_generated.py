def _make(n):
    def check():
        assert n >= 0

    return check


for n in range(3):
    globals()[f"test_number_{n}"] = _make(n)  # want: CN605
