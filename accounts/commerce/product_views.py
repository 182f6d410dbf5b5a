"""Our catalogue, kept by administrators."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Request, admins_only, editable
from accounts.directory.account_forms import ProductForm
from accounts.editing import added, written
from accounts.models import Product
from kam.lib.data.paging import page_of
from kam.lib.web.htmx import leave, show
from kam.lib.web.http import posted


@admins_only
@require_safe
def products(request: Request) -> HttpResponse:
    rows = Product.objects.visible_to(request.user).by_family()
    context = {"page": page_of(rows, request.GET.get("page"))}
    return show(request, "accounts/commerce/products.html", context=context)


@admins_only
@require_http_methods(["GET", "POST"])
def product_add(request: Request) -> HttpResponse:
    form = ProductForm(posted(request), initial={"active": True})
    said = form.cleaned_data if form.is_valid() else {}
    if not (said and added(form, Product.add, by=request.user, **said)):
        return show(request, "accounts/commerce/product_add.html", context={"form": form})
    return leave(request, reverse("accounts:products"))


@admins_only
@require_http_methods(["GET", "POST"])
def product_edit(request: Request, pk: int) -> HttpResponse:
    product = editable(Product.objects, request.user, pk)
    form = ProductForm(posted(request), instance=product)
    if not (form.is_valid() and written(form, product, product.change, by=request.user)):
        context = {"form": form}
        return show(
            request, "accounts/commerce/product_edit.html", context=context, status=form.status
        )
    return leave(request, reverse("accounts:products"))
