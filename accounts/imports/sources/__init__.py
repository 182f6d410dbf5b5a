"""The systems whose exports we know."""

from accounts.imports.shapes import Source
from accounts.imports.sources.dynamics import DYNAMICS
from accounts.imports.sources.hubspot import HUBSPOT
from accounts.imports.sources.maven import MAVEN
from accounts.imports.sources.pipedrive import PIPEDRIVE
from accounts.imports.sources.salesforce import SALESFORCE
from accounts.imports.sources.zoho import ZOHO

SOURCES: dict[str, Source] = {
    source.name: source for source in (SALESFORCE, HUBSPOT, DYNAMICS, ZOHO, PIPEDRIVE, MAVEN)
}
