"""The systems whose exports we know."""

from integrations.imports.layouts.shapes import Source
from integrations.imports.layouts.sources.dynamics import DYNAMICS
from integrations.imports.layouts.sources.hubspot import HUBSPOT
from integrations.imports.layouts.sources.maven import MAVEN
from integrations.imports.layouts.sources.pipedrive import PIPEDRIVE
from integrations.imports.layouts.sources.salesforce import SALESFORCE
from integrations.imports.layouts.sources.zoho import ZOHO

SOURCES: dict[str, Source] = {
    source.name: source for source in (SALESFORCE, HUBSPOT, DYNAMICS, ZOHO, PIPEDRIVE, MAVEN)
}
