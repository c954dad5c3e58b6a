from __future__ import annotations

import json
from datetime import date

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import fines
from .models import Book, Loan, Member
from .search import parse_query


@require_http_methods(["GET", "POST"])
def books(request: HttpRequest) -> JsonResponse:
    if request.method == "POST":
        payload = json.loads(request.body)
        book = Book.objects.create(title=payload["title"], author=payload["author"])
        return JsonResponse({"id": book.id}, status=201)
    query = parse_query(request.GET.get("q", ""))
    found = [book for book in Book.objects.order_by("title") if query.matches(book)]
    return JsonResponse({"books": [{"title": book.title, "author": book.author} for book in found]})


@require_POST
def members(request: HttpRequest) -> JsonResponse:
    member = Member.objects.create(name=json.loads(request.body)["name"])
    return JsonResponse({"id": member.id}, status=201)


@require_POST
def loans(request: HttpRequest, member_id: int) -> JsonResponse:
    payload = json.loads(request.body)
    returned = payload.get("returned")
    loan = Loan.objects.create(
        member=get_object_or_404(Member, id=member_id),
        book=get_object_or_404(Book, id=payload["book"]),
        due=date.fromisoformat(payload["due"]),
        returned=date.fromisoformat(returned) if returned else None,
    )
    return JsonResponse({"id": loan.id}, status=201)


@require_GET
def fines_of(request: HttpRequest, member_id: int) -> JsonResponse:
    member = get_object_or_404(Member, id=member_id)
    borrowings = [
        fines.Borrowing(loan.book.title, loan.due, loan.returned)
        for loan in member.loans.select_related("book").order_by("due")
    ]
    return JsonResponse({"member": member.name, "owed": str(fines.total(borrowings))})
