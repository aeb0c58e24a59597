from anlan.operations.responsibilities.actions.demo import load_demo_records
from anlan.operations.responsibilities.actions.desk import bring_on_desk
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
from anlan.operations.responsibilities.actions.works import NewWork, put_work, take_step

__all__ = [
    "NewBearer", "NewDuty", "NewWork", "add_duty", "add_photo", "bring_on_desk", "change_duty",
    "duty_numbers", "end_bearer", "end_duty", "load_demo_records", "put_bearer", "put_work",
    "sign_reading", "take_step",
]  # fmt: skip
