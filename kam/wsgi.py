import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kam.settings")

application = get_wsgi_application()

from kam.site import gauges  # noqa: E402 (models are there only now)

gauges.serve()
