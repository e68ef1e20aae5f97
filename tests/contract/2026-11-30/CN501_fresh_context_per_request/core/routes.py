import uuid

from fastapi import APIRouter

from core.context import create_execution_context

router = APIRouter()


@router.post("/agents/{agent}/messages", response_model=dict)
async def post_message(agent: str, body: dict):
    run_id = f"run_{uuid.uuid4().hex[:8]}"
    context = create_execution_context(body["user"], run_id)  # want: CN501
    return {"run": context.run_id, "agent": agent}
