from django.urls import path

from claims.views import PayoutView, claim_status, settle

urlpatterns = [
    path("claims/<int:claim>/", claim_status),
    path("payouts/", PayoutView.as_view()),
    path("settle/", settle),
]
