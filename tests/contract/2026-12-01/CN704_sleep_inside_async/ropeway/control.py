import asyncio
import time


async def settle(sensor):
    while abs(sensor.swing()) > 0.2:
        time.sleep(0.5)  # want: CN704
    await asyncio.sleep(1)  # ok: CN704 the right form


def settle_by_hand(sensor):
    while abs(sensor.swing()) > 0.2:
        time.sleep(0.5)  # ok: CN704 not inside an async function


def shunt(motor, brake, metres):
    motor.move(1)  # want: CN704
    with brake:
        motor.move(metres)  # ok: CN704 inside the with
