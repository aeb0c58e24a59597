from tests.operations.risks.conftest import district, people, principal, staff, terms, works  # noqa: F401
