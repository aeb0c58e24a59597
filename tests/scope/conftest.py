from tests.lived_in.house import _house_of_module, evening, house

__all__ = ["_house_of_module", "evening", "house"]
