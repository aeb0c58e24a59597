from tests.operations.risks.conftest import (  # noqa: F401
    _people_of_module,
    district,
    people,
    principal,
    staff,
    terms,
    works,
)
