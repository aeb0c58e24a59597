"""What is fuzzed: the decoders of streams, and the parsers of documents with their one fault."""

from tests.protocols.test_cap import DOCUMENT
from tests.protocols.test_firms import MODIS, VIIRS
from tests.protocols.test_gb26875_noise import STORM as GB26875
from tests.protocols.test_hj212_noise import STORM as HJ212
from tests.protocols.test_jt808_noise import STORM as JT808
from tests.protocols.test_mqtt_noise import STORM as MQTT
from tests.protocols.test_sl651_noise import STORM as SL651
from tests.protocols.test_sl651_noise import STORM_OF_TEXTS as SL651_TEXTS

from anlan.protocols import cap, firms

STORMS = {storm.name: storm for storm in (SL651, SL651_TEXTS, HJ212, JT808, GB26875, MQTT)}


def _fires(data):
    return firms.parse(data.decode("utf-8", "replace"), 100)


_VIIRS = "29.61234,106.41,331.2,0.4,0.5,2026-03-02,607,N20,VIIRS,h,2.0NRT,290.1,4.25,D\n"
_MODIS = "29.6,106.4,320,1,1,2026-03-02,41,Terra,55,6.1NRT,290,,N\n"
DOCUMENTS = {
    "CAP 1.2": (cap.parse, cap.BadCap, [DOCUMENT.encode()]),
    "FIRMS": (_fires, firms.NotFirms, [(VIIRS + _VIIRS).encode(), (MODIS + _MODIS).encode()]),
}
