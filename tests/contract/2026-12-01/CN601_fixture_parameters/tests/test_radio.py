def test_all_hear(radio, mocks):
    assert radio.say("mayday") == 3
    for patcher in mocks:
        patcher.assert_called_once_with("mayday")  # ok: CN601 the loop's own name


def test_late_listener(radio, mocker):
    late = mocker.MagicMock()  # ok: CN601 pytest-mock's fixture
    radio.hear(late)
    assert radio.say("over") == 4


def test_listener_that_fails(radio):
    radio.hear(Mock(side_effect=ValueError))  # want: CN601
    try:
        radio.say("out")
    except ValueError as problem:
        assert problem.args == ()


def test_sentinel(radio):
    assert radio.channel is not sentinel.channel  # want: CN601
