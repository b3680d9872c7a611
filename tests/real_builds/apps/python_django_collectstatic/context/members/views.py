from django.http import HttpResponse
from django.shortcuts import render

from .models import Member


def index(request):
    return render(request, "members/index.html", {"members": Member.objects.order_by("name")})


def health(request):
    return HttpResponse("ok")
