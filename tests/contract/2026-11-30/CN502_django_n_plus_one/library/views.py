from django.http import JsonResponse

from library.models import Author, Book


def book_list(request):
    rows = []
    for book in Book.objects.filter(title__startswith="A"):
        rows.append({"title": book.title, "author": book.author.name})  # want: CN502
    return JsonResponse({"rows": rows})


def author_list(request):
    authors = Author.objects.all()
    data = []
    for author in authors:
        data.append([b.title for b in author.book_set.all()])  # want: CN502
    return JsonResponse({"data": data})


def fast_list(request):
    books = Book.objects.select_related("author", "editor").order_by("title")
    return JsonResponse({"rows": [(b.title, b.author.name, b.editor.name) for b in books]})


def edited(request):
    authors = Author.objects.prefetch_related("edited")
    return JsonResponse({"n": [len(a.edited.all()) for a in authors]})


def ids(request):
    return JsonResponse({"ids": [book.author_id for book in Book.objects.all()]})
