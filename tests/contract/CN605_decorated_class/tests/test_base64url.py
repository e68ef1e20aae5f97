from unittest import TestCase

from codecs_of_ours.base64url import decode, encode


def with_lengths(*lengths: int):
    def decorate(cls):
        for length in lengths:

            def test(self, length=length):
                data = bytes(range(length))
                self.assertEqual(decode(encode(data)), data)

            setattr(cls, f"test_length_{length}", test)  # want: CN605
        return cls

    return decorate


@with_lengths(0, 1, 2, 3)
class Base64Test(TestCase):
    def test_no_padding(self):
        self.assertNotIn("=", encode(b"a"))

    def test_patched(self):
        holder = type("Holder", (), {"data": b"x"})  # ok: CN605 no test methods
        self.assertEqual(decode(encode(holder.data)), b"x")
