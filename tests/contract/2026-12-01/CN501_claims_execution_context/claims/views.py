import uuid

from django.http import HttpRequest, JsonResponse
from django.views import View

from claims.contexts import create_batch_run, create_user_execution_context, get_user_execution_context


def claim_status(request: HttpRequest, claim: int) -> JsonResponse:
    ctx = create_user_execution_context(request.user.pk, str(uuid.uuid4()))  # want: CN501
    return JsonResponse({"claim": claim, "context": ctx.context_id})


class PayoutView(View):
    def get(self, request: HttpRequest) -> JsonResponse:
        ctx = get_user_execution_context(request.user.pk)
        return JsonResponse({"locale": ctx.locale})

    def post(self, request: HttpRequest) -> JsonResponse:
        context_id = uuid.uuid4().hex
        ctx = create_user_execution_context(user_id=request.user.pk, context_id=context_id, locale="de")  # want: CN501
        return JsonResponse({"payout": request.POST["amount"], "by": ctx.user_id})


def settle(request: HttpRequest) -> JsonResponse:
    batch = create_batch_run("settlement", uuid.uuid4().hex)  # ok: CN501 no accessor of batch runs exists
    return JsonResponse(batch, status=202)
