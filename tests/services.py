"""The services of a team, for tests about them."""

from bot.incident.domain.services import ServiceDefinition, Services

CHECKOUT, PAYMENTS, SEARCH = "checkout", "payments", "search"
SERVICES = Services(
    (
        ServiceDefinition(CHECKOUT, "Checkout", ("shop", "web shop")),
        ServiceDefinition(PAYMENTS, "Payments & Billing"),
        ServiceDefinition(SEARCH, "Search"),
    )
)
MANY = Services(tuple(ServiceDefinition(f"service-{number}", "&" * 75) for number in range(100)))
