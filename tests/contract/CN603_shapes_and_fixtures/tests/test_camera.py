from unittest.mock import Mock, create_autospec

from studio.camera import Camera, Remote


def test_take(camera):
    camera.power_on()  # ok: CN603 inherited
    camera.take_photo()  # want: CN603 take_picture
    assert camera.count == 1  # ok: CN603 a property
    assert camera.is_on  # ok: CN603 set by a method


def test_directly():
    camera = Camera("35 mm")
    assert camera.focal_length == 35  # want: CN603
    assert camera.lens == "35 mm"  # ok: CN603 set by __init__


def test_mocks():
    free = Mock()
    free.whatever()  # ok: CN603 a mock without spec
    bound = Mock(spec=Camera)
    bound.take_pictures()  # want: CN603 take_picture
    same = create_autospec(Camera)
    same.take_picture()  # ok: CN603 the class has it


def test_remote():
    assert Remote().anything() == "anything"  # ok: CN603 __getattr__
