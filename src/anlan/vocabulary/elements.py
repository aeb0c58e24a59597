"""What devices measure, each with its unit."""

from enum import StrEnum


class Element(StrEnum):
    """What is measured. The unit is fixed by the element."""

    STAGE = "stage"  # m above the series' datum
    STAGE_UPSTREAM = "stage_upstream"  # m above the datum, before a dam, a sluice, a pump house
    STAGE_DOWNSTREAM = "stage_downstream"  # m above the datum, behind it
    STAGE_INTAKE_1 = "stage_intake_1"  # m above the datum, at intake or outlet 1
    STAGE_INTAKE_2 = "stage_intake_2"  # m above the datum, at intake or outlet 2
    STAGE_INTAKE_3 = "stage_intake_3"  # m above the datum, at intake or outlet 3
    STAGE_INTAKE_4 = "stage_intake_4"  # m above the datum, at intake or outlet 4
    STAGE_INTAKE_5 = "stage_intake_5"  # m above the datum, at intake or outlet 5
    STAGE_INTAKE_6 = "stage_intake_6"  # m above the datum, at intake or outlet 6
    STAGE_INTAKE_7 = "stage_intake_7"  # m above the datum, at intake or outlet 7
    STAGE_INTAKE_8 = "stage_intake_8"  # m above the datum, at intake or outlet 8
    STAGE_RELATIVE_1 = "stage_relative_1"  # m above base 1 that is set in the device
    STAGE_RELATIVE_2 = "stage_relative_2"  # m above base 2 that is set in the device
    STAGE_RELATIVE_3 = "stage_relative_3"  # m above base 3 that is set in the device
    STAGE_RELATIVE_4 = "stage_relative_4"  # m above base 4 that is set in the device
    STAGE_RELATIVE_5 = "stage_relative_5"  # m above base 5 that is set in the device
    STAGE_RELATIVE_6 = "stage_relative_6"  # m above base 6 that is set in the device
    STAGE_RELATIVE_7 = "stage_relative_7"  # m above base 7 that is set in the device
    STAGE_RELATIVE_8 = "stage_relative_8"  # m above base 8 that is set in the device
    DISCHARGE = "discharge"  # m³/s
    RAIN_5MIN = "rain_5min"  # mm in the 5 minutes before
    RAIN_HOUR = "rain_hour"  # mm in the hour before
    RAIN_TOTAL = "rain_total"  # mm, running total of the gauge
    BATTERY = "battery"  # V
    SIGNAL = "signal"  # dBm, what the device receives of its network
    AIR_TEMPERATURE = "air_temperature"  # °C
    WATER_TEMPERATURE = "water_temperature"  # °C
    PH = "ph"  # without a unit
    DISSOLVED_OXYGEN = "dissolved_oxygen"  # mg/L
    CONDUCTIVITY = "conductivity"  # µS/cm
    TURBIDITY = "turbidity"  # NTU
    COD = "cod"  # mg/L, chemical oxygen demand by dichromate
    PERMANGANATE = "permanganate"  # mg/L, permanganate index
    AMMONIA_NITROGEN = "ammonia_nitrogen"  # mg/L as N
    TOTAL_NITROGEN = "total_nitrogen"  # mg/L as N
    TOTAL_PHOSPHORUS = "total_phosphorus"  # mg/L as P
    SUSPENDED_SOLIDS = "suspended_solids"  # mg/L
    PM10 = "pm10"  # µg/m³
    PM2_5 = "pm2_5"  # µg/m³
    TSP = "tsp"  # µg/m³, all suspended particles
    SULFUR_DIOXIDE = "sulfur_dioxide"  # mg/m³
    NITROGEN_DIOXIDE = "nitrogen_dioxide"  # mg/m³
    CARBON_MONOXIDE = "carbon_monoxide"  # mg/m³
    OZONE = "ozone"  # µg/m³
    HUMIDITY = "humidity"  # %, relative
    AIR_PRESSURE = "air_pressure"  # hPa, at the station
    WIND_SPEED = "wind_speed"  # m/s
    WIND_DIRECTION = "wind_direction"  # °, from where it blows, clockwise from north
    VISIBILITY = "visibility"  # m
    SOIL_MOISTURE = "soil_moisture"  # %, by volume
    SOIL_MOISTURE_10 = "soil_moisture_10"  # %, by volume, 10 cm below the ground
    SOIL_MOISTURE_20 = "soil_moisture_20"  # %, by volume, 20 cm below the ground
    SOIL_MOISTURE_30 = "soil_moisture_30"  # %, by volume, 30 cm below the ground
    SOIL_MOISTURE_40 = "soil_moisture_40"  # %, by volume, 40 cm below the ground
    SOIL_MOISTURE_50 = "soil_moisture_50"  # %, by volume, 50 cm below the ground
    SOIL_MOISTURE_60 = "soil_moisture_60"  # %, by volume, 60 cm below the ground
    SOIL_MOISTURE_80 = "soil_moisture_80"  # %, by volume, 80 cm below the ground
    SOIL_MOISTURE_100 = "soil_moisture_100"  # %, by volume, 100 cm below the ground
    PORE_PRESSURE = "pore_pressure"  # kPa
    GROUNDWATER_DEPTH = "groundwater_depth"  # m below the ground
    MUD_LEVEL = "mud_level"  # m above the sensor's zero
    DISPLACEMENT_X = "displacement_x"  # mm since installed, east
    DISPLACEMENT_Y = "displacement_y"  # mm since installed, north
    DISPLACEMENT_Z = "displacement_z"  # mm since installed, up
    CRACK_WIDTH = "crack_width"  # mm
    TILT_X = "tilt_x"  # °, against the vertical, along the sensor's x
    TILT_Y = "tilt_y"  # °, along its y
    ACCELERATION = "acceleration"  # m/s², the greatest since the last report
    STRAIN = "strain"  # µε
    DEFLECTION = "deflection"  # mm, down
    VELOCITY = "velocity"  # m/s, at one place of the section
    VELOCITY_MEAN = "velocity_mean"  # m/s, of the section
    CROSS_SECTION = "cross_section"  # m², of the water in the section
    DISCHARGE_OUT = "discharge_out"  # m³/s, out of a reservoir, through all gates
    DISCHARGE_INTAKE_1 = "discharge_intake_1"  # m³/s, at intake or outlet 1
    DISCHARGE_INTAKE_2 = "discharge_intake_2"  # m³/s, at intake or outlet 2
    DISCHARGE_INTAKE_3 = "discharge_intake_3"  # m³/s, at intake or outlet 3
    DISCHARGE_INTAKE_4 = "discharge_intake_4"  # m³/s, at intake or outlet 4
    DISCHARGE_INTAKE_5 = "discharge_intake_5"  # m³/s, at intake or outlet 5
    DISCHARGE_INTAKE_6 = "discharge_intake_6"  # m³/s, at intake or outlet 6
    DISCHARGE_INTAKE_7 = "discharge_intake_7"  # m³/s, at intake or outlet 7
    DISCHARGE_INTAKE_8 = "discharge_intake_8"  # m³/s, at intake or outlet 8
    SEDIMENT = "sediment"  # kg/m³, suspended in the water
    SEDIMENT_LOAD = "sediment_load"  # 10⁴ t, carried through the section
    WAVE_HEIGHT = "wave_height"  # m
    RAIN_1MIN = "rain_1min"  # mm, in the minute before
    RAIN_10MIN = "rain_10min"  # mm, in the 10 minutes before
    RAIN_30MIN = "rain_30min"  # mm, in the 30 minutes before
    RAIN_2H = "rain_2h"  # mm, in the 2 hours before
    RAIN_3H = "rain_3h"  # mm, in the 3 hours before
    RAIN_6H = "rain_6h"  # mm, in the 6 hours before
    RAIN_12H = "rain_12h"  # mm, in the 12 hours before
    RAIN_DAY = "rain_day"  # mm, of the station's day, as it states it
    RAIN_TODAY = "rain_today"  # mm, since its day began, as the station states it
    RAIN_STORM = "rain_storm"  # mm, of a storm, as the station states it
    EVAPORATION_DAY = "evaporation_day"  # mm, of the station's day
    EVAPORATION = "evaporation"  # mm, since its day began
    GROUND_TEMPERATURE = "ground_temperature"  # °C
    WIND_FORCE = "wind_force"  # Beaufort, without a unit
    PUMPS_RUNNING = "pumps_running"  # how many
    GATE_OPENING = "gate_opening"  # m, how high a gate stands open, of the only one
    GATE_OPENING_1 = "gate_opening_1"  # m, how high gate or group 1 stands open
    GATE_OPENING_2 = "gate_opening_2"  # m, how high gate or group 2 stands open
    GATE_OPENING_3 = "gate_opening_3"  # m, how high gate or group 3 stands open
    GATE_OPENING_4 = "gate_opening_4"  # m, how high gate or group 4 stands open
    GATE_OPENING_5 = "gate_opening_5"  # m, how high gate or group 5 stands open
    GATE_OPENING_6 = "gate_opening_6"  # m, how high gate or group 6 stands open
    GATE_OPENING_7 = "gate_opening_7"  # m, how high gate or group 7 stands open
    GATE_OPENING_8 = "gate_opening_8"  # m, how high gate or group 8 stands open
    GATES_OPEN = "gates_open"  # how many openings stand open, of all
    GATES_OPEN_1 = "gates_open_1"  # how many openings of group 1 stand open
    GATES_OPEN_2 = "gates_open_2"  # how many openings of group 2 stand open
    GATES_OPEN_3 = "gates_open_3"  # how many openings of group 3 stand open
    GATES_OPEN_4 = "gates_open_4"  # how many openings of group 4 stand open
    GATES_OPEN_5 = "gates_open_5"  # how many openings of group 5 stand open
    GATES_OPEN_6 = "gates_open_6"  # how many openings of group 6 stand open
    GATES_OPEN_7 = "gates_open_7"  # how many openings of group 7 stand open
    GATES_OPEN_8 = "gates_open_8"  # how many openings of group 8 stand open
    GATE_DISCHARGE = "gate_discharge"  # m³/s, through the only gate or conduit
    GATE_DISCHARGE_1 = "gate_discharge_1"  # m³/s, through gate, group or conduit 1
    GATE_DISCHARGE_2 = "gate_discharge_2"  # m³/s, through gate, group or conduit 2
    GATE_DISCHARGE_3 = "gate_discharge_3"  # m³/s, through gate, group or conduit 3
    GATE_DISCHARGE_4 = "gate_discharge_4"  # m³/s, through gate, group or conduit 4
    GATE_DISCHARGE_5 = "gate_discharge_5"  # m³/s, through gate, group or conduit 5
    GATE_DISCHARGE_6 = "gate_discharge_6"  # m³/s, through gate, group or conduit 6
    GATE_DISCHARGE_7 = "gate_discharge_7"  # m³/s, through gate, group or conduit 7
    GATE_DISCHARGE_8 = "gate_discharge_8"  # m³/s, through gate, group or conduit 8
    REDOX = "redox"  # mV
    ORGANIC_CARBON = "organic_carbon"  # mg/L
    BOD5 = "bod5"  # mg/L
    COPPER = "copper"  # mg/L
    ZINC = "zinc"  # mg/L
    SELENIUM = "selenium"  # mg/L
    ARSENIC = "arsenic"  # mg/L
    MERCURY = "mercury"  # mg/L
    CADMIUM = "cadmium"  # mg/L
    LEAD = "lead"  # mg/L
    CHROMIUM_6 = "chromium_6"  # mg/L
    CYANIDE = "cyanide"  # mg/L
    FLUORIDE = "fluoride"  # mg/L
    SULFIDE = "sulfide"  # mg/L
    CHLORIDE = "chloride"  # mg/L
    SULFATE = "sulfate"  # mg/L
    NITRATE = "nitrate"  # mg/L, as N
    NITRITE = "nitrite"  # mg/L, as N
    IRON = "iron"  # mg/L
    MANGANESE = "manganese"  # mg/L
    PHENOL = "phenol"  # mg/L
    PETROLEUM = "petroleum"  # mg/L
    SURFACTANT = "surfactant"  # mg/L
    CHLOROPHYLL = "chlorophyll"  # mg/L
    NITROGEN_OXIDES = "nitrogen_oxides"  # mg/m³, as NO2
    DISSOLVED_SOLIDS = "dissolved_solids"  # mg/L
    KJELDAHL_NITROGEN = "kjeldahl_nitrogen"  # mg/L, as N
    CHROMIUM = "chromium"  # mg/L
    NICKEL = "nickel"  # mg/L
    FAECAL_COLIFORMS = "faecal_coliforms"  # /L, how many
    ALGAE_DENSITY = "algae_density"  # /mL, how many cells
    NITRIC_OXIDE = "nitric_oxide"  # mg/m³
    AMMONIA = "ammonia"  # mg/m³
    HYDROGEN_SULFIDE = "hydrogen_sulfide"  # mg/m³
    HYDROGEN_CHLORIDE = "hydrogen_chloride"  # mg/m³
    CHLORINE = "chlorine"  # mg/m³
    FLUORIDE_IN_AIR = "fluoride_in_air"  # mg/m³
    CYANIDE_IN_AIR = "cyanide_in_air"  # mg/m³
    PHOSGENE = "phosgene"  # mg/m³
    METHANE = "methane"  # mg/m³
    NMHC = "nmhc"  # mg/m³, non-methane hydrocarbons
    BENZENE = "benzene"  # mg/m³
    TOLUENE = "toluene"  # mg/m³
    XYLENE = "xylene"  # mg/m³
    VINYL_CHLORIDE = "vinyl_chloride"  # mg/m³
    METHANOL = "methanol"  # mg/m³
    FORMALDEHYDE = "formaldehyde"  # mg/m³
    SMOKE = "smoke"  # mg/m³, and dust, of flue gas
    FLUE_GAS = "flue_gas"  # m³/s, discharged
    FLUE_OXYGEN = "flue_oxygen"  # %, by volume
    FLUE_TEMPERATURE = "flue_temperature"  # °C
    FLUE_HUMIDITY = "flue_humidity"  # %, by volume
    FLUE_PRESSURE = "flue_pressure"  # kPa, against the air around
    FLUE_VELOCITY = "flue_velocity"  # m/s
    SULFUR_DIOXIDE_AT_O2 = "so2_at_o2"  # mg/m³, at the oxygen content of the standard
    NITROGEN_OXIDES_AT_O2 = "nox_at_o2"  # mg/m³, at the oxygen content of the standard
    CARBON_MONOXIDE_AT_O2 = "co_at_o2"  # mg/m³, at the oxygen content of the standard
    HYDROGEN_CHLORIDE_AT_O2 = "hcl_at_o2"  # mg/m³, at the oxygen content of the standard
    SMOKE_AT_O2 = "smoke_at_o2"  # mg/m³, at the oxygen content of the standard
    NMHC_AT_O2 = "nmhc_at_o2"  # mg/m³, at the oxygen content of the standard
    NOISE = "noise"  # dB, A-weighted
    NOISE_EQUIVALENT = "noise_equivalent"  # dB, A-weighted, equivalent
    WATER_PRESSURE_1 = "water_pressure_1"  # kPa, at gauge 1
    WATER_PRESSURE_2 = "water_pressure_2"  # kPa, at gauge 2
    WATER_PRESSURE_3 = "water_pressure_3"  # kPa, at gauge 3
    WATER_PRESSURE_4 = "water_pressure_4"  # kPa, at gauge 4
    WATER_PRESSURE_5 = "water_pressure_5"  # kPa, at gauge 5
    WATER_PRESSURE_6 = "water_pressure_6"  # kPa, at gauge 6
    WATER_PRESSURE_7 = "water_pressure_7"  # kPa, at gauge 7
    WATER_PRESSURE_8 = "water_pressure_8"  # kPa, at gauge 8
    WATER_LEFT_1 = "water_left_1"  # m³, on meter 1, of what was allotted
    WATER_LEFT_2 = "water_left_2"  # m³, on meter 2, of what was allotted
    WATER_LEFT_3 = "water_left_3"  # m³, on meter 3, of what was allotted
    WATER_LEFT_4 = "water_left_4"  # m³, on meter 4, of what was allotted
    WATER_LEFT_5 = "water_left_5"  # m³, on meter 5, of what was allotted
    WATER_LEFT_6 = "water_left_6"  # m³, on meter 6, of what was allotted
    WATER_LEFT_7 = "water_left_7"  # m³, on meter 7, of what was allotted
    WATER_LEFT_8 = "water_left_8"  # m³, on meter 8, of what was allotted
    WATER_HOURLY_1 = "water_hourly_1"  # m³/h, through meter 1
    WATER_HOURLY_2 = "water_hourly_2"  # m³/h, through meter 2
    WATER_HOURLY_3 = "water_hourly_3"  # m³/h, through meter 3
    WATER_HOURLY_4 = "water_hourly_4"  # m³/h, through meter 4
    WATER_HOURLY_5 = "water_hourly_5"  # m³/h, through meter 5
    WATER_HOURLY_6 = "water_hourly_6"  # m³/h, through meter 6
    WATER_HOURLY_7 = "water_hourly_7"  # m³/h, through meter 7
    WATER_HOURLY_8 = "water_hourly_8"  # m³/h, through meter 8
    VOLTAGE_A = "voltage_a"  # V, of the mains, phase A
    VOLTAGE_B = "voltage_b"  # V, of the mains, phase B
    VOLTAGE_C = "voltage_c"  # V, of the mains, phase C
    CURRENT_A = "current_a"  # A, of the mains, phase A
    CURRENT_B = "current_b"  # A, of the mains, phase B
    CURRENT_C = "current_c"  # A, of the mains, phase C
    STATUS = "status"  # the bits of the station's state and alarms (SL 651 table 58)


STAGE_INTAKES = tuple(Element(f"stage_intake_{n}") for n in range(1, 9))
STAGES_RELATIVE = tuple(Element(f"stage_relative_{n}") for n in range(1, 9))
SOIL_DEPTHS_CM = (10, 20, 30, 40, 50, 60, 80, 100)
SOIL_MOISTURES = tuple(Element(f"soil_moisture_{depth}") for depth in SOIL_DEPTHS_CM)
INTAKE_DISCHARGES = tuple(Element(f"discharge_intake_{n}") for n in range(1, 9))
GATE_OPENINGS = tuple(Element(f"gate_opening_{n}") for n in range(1, 9))
GATES_OPEN = tuple(Element(f"gates_open_{n}") for n in range(1, 9))
GATE_DISCHARGES = tuple(Element(f"gate_discharge_{n}") for n in range(1, 9))
WATER_PRESSURES = tuple(Element(f"water_pressure_{n}") for n in range(1, 9))
WATER_LEFT = tuple(Element(f"water_left_{n}") for n in range(1, 9))
WATER_HOURLY = tuple(Element(f"water_hourly_{n}") for n in range(1, 9))
# Those that mean nothing without the datum of their series.
WITH_DATUM = frozenset(
    {Element.STAGE, Element.STAGE_UPSTREAM, Element.STAGE_DOWNSTREAM, *STAGE_INTAKES}
)

UNITS = {
    **dict.fromkeys((*WITH_DATUM, *STAGES_RELATIVE), "m"),
    **dict.fromkeys(SOIL_MOISTURES, "%"),
    **dict.fromkeys(INTAKE_DISCHARGES, "m³/s"),
    **dict.fromkeys((Element.GATE_OPENING, *GATE_OPENINGS), "m"),
    **dict.fromkeys((Element.GATES_OPEN, *GATES_OPEN), ""),
    **dict.fromkeys((Element.GATE_DISCHARGE, *GATE_DISCHARGES), "m³/s"),
    **dict.fromkeys(WATER_PRESSURES, "kPa"),
    **dict.fromkeys(WATER_LEFT, "m³"),
    **dict.fromkeys(WATER_HOURLY, "m³/h"),
    Element.DISCHARGE: "m³/s",
    Element.RAIN_5MIN: "mm",
    Element.RAIN_HOUR: "mm",
    Element.RAIN_TOTAL: "mm",
    Element.BATTERY: "V",
    Element.SIGNAL: "dBm",
    Element.AIR_TEMPERATURE: "°C",
    Element.WATER_TEMPERATURE: "°C",
    Element.PH: "",
    Element.DISSOLVED_OXYGEN: "mg/L",
    Element.CONDUCTIVITY: "µS/cm",
    Element.TURBIDITY: "NTU",
    Element.COD: "mg/L",
    Element.PERMANGANATE: "mg/L",
    Element.AMMONIA_NITROGEN: "mg/L",
    Element.TOTAL_NITROGEN: "mg/L",
    Element.TOTAL_PHOSPHORUS: "mg/L",
    Element.SUSPENDED_SOLIDS: "mg/L",
    Element.PM10: "µg/m³",
    Element.PM2_5: "µg/m³",
    Element.TSP: "µg/m³",
    Element.SULFUR_DIOXIDE: "mg/m³",
    Element.NITROGEN_DIOXIDE: "mg/m³",
    Element.CARBON_MONOXIDE: "mg/m³",
    Element.OZONE: "µg/m³",
    Element.HUMIDITY: "%",
    Element.AIR_PRESSURE: "hPa",
    Element.WIND_SPEED: "m/s",
    Element.WIND_DIRECTION: "°",
    Element.VISIBILITY: "m",
    Element.SOIL_MOISTURE: "%",
    Element.PORE_PRESSURE: "kPa",
    Element.GROUNDWATER_DEPTH: "m",
    Element.MUD_LEVEL: "m",
    Element.DISPLACEMENT_X: "mm",
    Element.DISPLACEMENT_Y: "mm",
    Element.DISPLACEMENT_Z: "mm",
    Element.CRACK_WIDTH: "mm",
    Element.TILT_X: "°",
    Element.TILT_Y: "°",
    Element.ACCELERATION: "m/s²",
    Element.STRAIN: "µε",
    Element.DEFLECTION: "mm",
    Element.VELOCITY: "m/s",
    Element.VELOCITY_MEAN: "m/s",
    Element.CROSS_SECTION: "m²",
    Element.DISCHARGE_OUT: "m³/s",
    Element.SEDIMENT: "kg/m³",
    Element.SEDIMENT_LOAD: "10⁴ t",
    Element.WAVE_HEIGHT: "m",
    Element.RAIN_1MIN: "mm",
    Element.RAIN_10MIN: "mm",
    Element.RAIN_30MIN: "mm",
    Element.RAIN_2H: "mm",
    Element.RAIN_3H: "mm",
    Element.RAIN_6H: "mm",
    Element.RAIN_12H: "mm",
    Element.RAIN_DAY: "mm",
    Element.RAIN_TODAY: "mm",
    Element.RAIN_STORM: "mm",
    Element.EVAPORATION_DAY: "mm",
    Element.EVAPORATION: "mm",
    Element.GROUND_TEMPERATURE: "°C",
    Element.WIND_FORCE: "",
    Element.PUMPS_RUNNING: "",
    Element.REDOX: "mV",
    Element.ORGANIC_CARBON: "mg/L",
    Element.BOD5: "mg/L",
    Element.COPPER: "mg/L",
    Element.ZINC: "mg/L",
    Element.SELENIUM: "mg/L",
    Element.ARSENIC: "mg/L",
    Element.MERCURY: "mg/L",
    Element.CADMIUM: "mg/L",
    Element.LEAD: "mg/L",
    Element.CHROMIUM_6: "mg/L",
    Element.CYANIDE: "mg/L",
    Element.FLUORIDE: "mg/L",
    Element.SULFIDE: "mg/L",
    Element.CHLORIDE: "mg/L",
    Element.SULFATE: "mg/L",
    Element.NITRATE: "mg/L",
    Element.NITRITE: "mg/L",
    Element.IRON: "mg/L",
    Element.MANGANESE: "mg/L",
    Element.PHENOL: "mg/L",
    Element.PETROLEUM: "mg/L",
    Element.SURFACTANT: "mg/L",
    Element.CHLOROPHYLL: "mg/L",
    Element.NITROGEN_OXIDES: "mg/m³",
    Element.DISSOLVED_SOLIDS: "mg/L",
    Element.KJELDAHL_NITROGEN: "mg/L",
    Element.CHROMIUM: "mg/L",
    Element.NICKEL: "mg/L",
    Element.FAECAL_COLIFORMS: "/L",
    Element.ALGAE_DENSITY: "/mL",
    Element.NITRIC_OXIDE: "mg/m³",
    Element.AMMONIA: "mg/m³",
    Element.HYDROGEN_SULFIDE: "mg/m³",
    Element.HYDROGEN_CHLORIDE: "mg/m³",
    Element.CHLORINE: "mg/m³",
    Element.FLUORIDE_IN_AIR: "mg/m³",
    Element.CYANIDE_IN_AIR: "mg/m³",
    Element.PHOSGENE: "mg/m³",
    Element.METHANE: "mg/m³",
    Element.NMHC: "mg/m³",
    Element.BENZENE: "mg/m³",
    Element.TOLUENE: "mg/m³",
    Element.XYLENE: "mg/m³",
    Element.VINYL_CHLORIDE: "mg/m³",
    Element.METHANOL: "mg/m³",
    Element.FORMALDEHYDE: "mg/m³",
    Element.SMOKE: "mg/m³",
    Element.FLUE_GAS: "m³/s",
    Element.FLUE_OXYGEN: "%",
    Element.FLUE_TEMPERATURE: "°C",
    Element.FLUE_HUMIDITY: "%",
    Element.FLUE_PRESSURE: "kPa",
    Element.FLUE_VELOCITY: "m/s",
    Element.SULFUR_DIOXIDE_AT_O2: "mg/m³",
    Element.NITROGEN_OXIDES_AT_O2: "mg/m³",
    Element.CARBON_MONOXIDE_AT_O2: "mg/m³",
    Element.HYDROGEN_CHLORIDE_AT_O2: "mg/m³",
    Element.SMOKE_AT_O2: "mg/m³",
    Element.NMHC_AT_O2: "mg/m³",
    Element.NOISE: "dB",
    Element.NOISE_EQUIVALENT: "dB",
    Element.VOLTAGE_A: "V",
    Element.VOLTAGE_B: "V",
    Element.VOLTAGE_C: "V",
    Element.CURRENT_A: "A",
    Element.CURRENT_B: "A",
    Element.CURRENT_C: "A",
    Element.STATUS: "",
}
