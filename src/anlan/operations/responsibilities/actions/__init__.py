from anlan.operations.responsibilities.actions.capacity import (
    Said,
    answer,
    end_objection,
    open_year,
    said_of,
    take_capacity_step,
)
from anlan.operations.responsibilities.actions.commendations import (
    keep_commendation,
    revoke_commendation,
)
from anlan.operations.responsibilities.actions.demo import load_demo_records
from anlan.operations.responsibilities.actions.desk import bring_on_desk
from anlan.operations.responsibilities.actions.district import load_terms
from anlan.operations.responsibilities.actions.lists import (
    NewBearer,
    NewDuty,
    add_duty,
    change_duty,
    duty_numbers,
    end_bearer,
    end_duty,
    put_bearer,
    sign_reading,
)
from anlan.operations.responsibilities.actions.photos import add_photo
from anlan.operations.responsibilities.actions.sent import put_commendation, put_duty, put_list
from anlan.operations.responsibilities.actions.works import NewWork, put_work, take_step

__all__ = [
    "NewBearer", "NewDuty", "NewWork", "Said", "add_duty", "add_photo", "answer", "bring_on_desk",
    "change_duty", "duty_numbers", "end_bearer", "end_duty", "end_objection", "keep_commendation",
    "load_demo_records", "load_terms", "open_year", "put_bearer", "put_commendation", "put_duty",
    "put_list", "put_work", "revoke_commendation", "said_of", "sign_reading",
    "take_capacity_step", "take_step",
]  # fmt: skip
