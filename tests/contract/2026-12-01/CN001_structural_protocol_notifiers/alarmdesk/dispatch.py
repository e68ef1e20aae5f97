from alarmdesk.ports import Notifier


def raise_alarm(notifiers: list[Notifier], who: str, text: str) -> int:
    return sum(1 for item in notifiers if item.healthy() and item.notify(who, text))
