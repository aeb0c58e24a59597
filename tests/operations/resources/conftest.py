from tests.portal.loading_district import shapingba

__all__ = ["shapingba"]
