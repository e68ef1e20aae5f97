from django.contrib import admin
from django.urls import include, path, re_path

from box import views

recipe_urls = [
    path("", views.recipe_list),
    path("<slug:slug>/", views.recipe_detail),
    path("<slug:slug>/steps/<int:step>/", views.recipe_step),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("recipes/", include(recipe_urls)),
    re_path(r"^archive/(?P<year>[0-9]{4})/$", views.archive),
]
