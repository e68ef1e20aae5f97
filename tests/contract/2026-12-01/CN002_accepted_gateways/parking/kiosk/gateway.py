import serial


class BasePaymentGateway:  # ok: CN002 an accepted pair with an end date in the future
    def __init__(self, port: str) -> None:
        self.line = serial.Serial(port, 9600, timeout=30)

    def authorize(self, plate: str, cents: int) -> str:
        self.line.write(f"06 01 {cents:012d}\r".encode())
        return self.line.readline().decode().strip()

    def capture(self, payment: str) -> None:
        self.line.write(f"06 22 {payment}\r".encode())

    def refund(self, payment: str, cents: int) -> None:
        self.line.write(f"06 31 {payment} {cents}\r".encode())
        self.line.flush()
