"""Maven Analytics' "CRM Sales Opportunities": accounts by name, a product spelt in two ways."""

from integrations.imports.layouts.shapes import Source, sheet

MAVEN = Source(
    "maven",
    "Maven CRM",
    (
        sheet(
            "owner", "sales_agent|manager|regional_office",
            name="sales_agent", manager="manager", team="regional_office",
        ),
        sheet("product", "product|series|sales_price", name="product", family="series"),
        sheet(
            "account", "account|sector|office_location|subsidiary_of",
            name="account", industry="sector", country="office_location", parent="subsidiary_of",
        ),
        sheet(
            "opportunity", "opportunity_id|sales_agent|account|deal_stage|close_value",
            key="opportunity_id", account="account", product="product", owner="sales_agent",
            stage="deal_stage", value="close_value", created="engage_date", closed="close_date",
        ),
    ),
    aliases={
        "product": {"GTXPro": "GTX Pro"},
        "industry": {"technolgy": "technology"},
        "country": {"Philipines": "Philippines"},
    },
    ignored={"data dictionary": frozenset({"Table", "Field", "Description"})},
)  # fmt: skip
