from unittest import TestCase, mock

from billing import rates


class RateTest(TestCase):
    def test_rate(self):
        with mock.patch.object(rates.requests, "get") as get:  # ok: CN601 imported
            get.return_value = MagicMock(json=lambda: {"rate": 2})  # want: CN601
            self.assertEqual(rates.rate("ABC"), 2)

    def test_sentinel(self):
        with mock.patch.object(rates, "rate", mock.Mock(return_value=3)):  # ok: CN601 imported
            self.assertEqual(rates.in_euro(2, "ABC"), 6)
