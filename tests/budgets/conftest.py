from tests.lived_in.house import _house_of_module, house

__all__ = ["_house_of_module", "house"]
