class BaseSuite:
    url = ""

    def test_url(self):
        assert self.url
