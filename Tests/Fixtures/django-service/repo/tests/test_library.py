from datetime import date
from decimal import Decimal

import pytest

from library.fines import Borrowing, total
from library.models import Book, Loan, Member
from library.search import Query, parse_query


@pytest.mark.parametrize(
    ("text", "query"),
    [("dune", Query("dune")), ("title: Dune", Query("Dune", "title")), ("12:30", Query("12:30"))],
)
def test_a_query_is_read(text, query):
    assert parse_query(text) == query


def test_a_late_book_costs_by_the_day():
    assert total([Borrowing("Dune", date(2025, 3, 1), date(2025, 3, 5))]) == Decimal("1.00")


def test_an_early_book_costs_nothing():
    assert total([Borrowing("Dune", date(2025, 3, 1), date(2025, 2, 5))]) == 0


def test_a_fine_has_a_ceiling():
    assert total([Borrowing("Dune", date(2024, 3, 1), date(2025, 3, 1))]) == Decimal("10.00")


@pytest.mark.django_db
def test_books_are_found_by_field(client):
    Book.objects.create(title="Austen: a life", author="Tomalin")
    Book.objects.create(title="Emma", author="Austen")
    answer = client.get("/books", {"q": "author:austen"}).json()
    assert answer == {"books": [{"title": "Emma", "author": "Austen"}]}


@pytest.mark.django_db
def test_a_loan_is_recorded(client):
    member = Member.objects.create(name="Ines")
    book = Book.objects.create(title="Emma", author="Austen")
    loan = {"book": book.id, "due": "2025-03-08"}
    answer = client.post(f"/members/{member.id}/loans", loan, content_type="application/json")
    assert answer.status_code == 201
    assert Loan.objects.get().returned is None


@pytest.mark.django_db
def test_fines_add_up(client):
    member = Member.objects.create(name="Ines")
    book = Book.objects.create(title="Emma", author="Austen")
    for day in (2, 5):
        Loan.objects.create(
            member=member, book=book, due=date(2025, 3, 1), returned=date(2025, 3, day)
        )
    assert client.get(f"/members/{member.id}/fines").json() == {"member": "Ines", "owed": "1.25"}


@pytest.mark.django_db
def test_an_unknown_member_has_no_fines(client):
    assert client.get("/members/7/fines").status_code == 404
