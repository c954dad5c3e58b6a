from django.urls import path

from . import views

urlpatterns = [
    path("books", views.books),
    path("members", views.members),
    path("members/<int:member_id>/loans", views.loans),
    path("members/<int:member_id>/fines", views.fines_of),
]
