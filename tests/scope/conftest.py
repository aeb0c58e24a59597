from tests.lived_in.house import _house_of_module, db_on_both, house

__all__ = ["_house_of_module", "db_on_both", "house"]
