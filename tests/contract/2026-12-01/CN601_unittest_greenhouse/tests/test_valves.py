from __future__ import annotations

import unittest
from typing import TYPE_CHECKING
from unittest.mock import Mock, call
from unittest.mock import create_autospec as spec_of

from greenhouse.valves import Valve

if TYPE_CHECKING:
    from unittest.mock import NonCallableMock


class ValveTest(unittest.TestCase):
    def setUp(self) -> None:
        self.bus = Mock(spec=["write", "read"])
        self.valve = Valve(self.bus)

    def bus_double(self) -> NonCallableMock:  # ok: CN601 an annotation, imported for type checking
        return self.bus

    def test_open_twice(self) -> None:
        self.valve.open_for(3)
        self.valve.open_for(4)
        self.assertEqual(self.bus_double().write.mock_calls, [call("OPEN 3"), call("OPEN 4")])

    def test_state(self) -> None:
        self.bus.read.return_value = "CLOSED"
        self.assertEqual(self.valve.state(), "closed")
        self.bus.read.assert_called_once_with(ANY)  # want: CN601

    def test_bus_error(self) -> None:
        valve = Valve(Mokc(**{"read.side_effect": OSError}))  # want: CN601
        self.assertRaises(OSError, valve.state)

    def test_spec(self) -> None:
        double = spec_of(Valve, instance=True)  # ok: CN601 an alias of create_autospec
        double.open_for(1)
        double.open_for.assert_called_with(1)

    def test_file(self) -> None:
        try:
            from unittest.mock import mock_open
        except ImportError:
            self.skipTest("old mock")
        self.assertEqual(mock_open(read_data="x")().read(), "x")  # ok: CN601 imported within the try
