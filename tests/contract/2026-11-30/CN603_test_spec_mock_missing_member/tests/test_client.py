import unittest
from unittest.mock import MagicMock

from mailer.client import MailClient


class MailTests(unittest.TestCase):
    def setUp(self):
        self.client = MailClient("h")

    def test_send(self):
        self.assertTrue(self.client.send("a", "b"))

    def test_send_many(self):
        self.assertTrue(self.client.send_batch(["a"], "b"))  # want: CN603

    def test_env(self):
        self.assertEqual(MailClient.from_environment().host, "localhost")  # want: CN603

    def test_mock(self):
        client = MagicMock(spec=MailClient)
        client.send_text.return_value = False  # want: CN603
        self.assertFalse(client.send("a", "b"))
