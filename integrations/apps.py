from django.apps import AppConfig

from kam.lib.web.addresses import pages_are


class IntegrationsConfig(AppConfig):
    name = "integrations"

    def ready(self) -> None:
        from integrations.imports import import_jobs  # noqa: F401 (it registers what workers do)

        pages_are(
            batch="integrations:batch",
            import_add="integrations:import_add",
            accounts_file="integrations:accounts_export",
            portfolio_file="integrations:portfolio_export",
            stakeholders_file="integrations:stakeholders_export",
            interactions_file="integrations:interactions_export",
            account_interactions_file="integrations:account_interactions_export",
            opportunities_file="integrations:opportunities_export",
            contracts_file="integrations:contracts_export",
            receivables_file="integrations:receivables_export",
            revenue_file="integrations:revenue_export",
            products_file="integrations:products_export",
            plan_file="integrations:plan_export",
            reviews_file="integrations:reviews_export",
            account_reviews_file="integrations:account_reviews_export",
        )
