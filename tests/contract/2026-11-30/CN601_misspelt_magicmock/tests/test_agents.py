from unittest.mock import AsyncMock, MagicMock, patch

import pytest


@pytest.fixture
def agent():
    agent = MagicNone()  # want: CN601
    agent.run = AsyncMock(return_value="done")
    return agent


@pytest.mark.asyncio
async def test_run(agent):
    assert await agent.run() == "done"


def test_tools():
    tools = [MagicMock(), MagicMok(name="second")]  # want: CN601
    with patch("agents.tools", tools):
        assert len(tools) == 2
