from billing.rates import in_euro


def test_in_euro():
    with patch("billing.rates.rate", return_value=0.5):  # want: CN601
        assert in_euro(10, "XYZ") == 5
