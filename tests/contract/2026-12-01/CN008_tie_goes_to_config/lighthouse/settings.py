import os

LAMP_TOPIC_STAGING = os.environ.get("LAMP_TOPIC_STAGING")  # ok: CN008 the configured suffix
LAMP_TOPIC_PRODUCTION = os.environ.get("LAMP_TOPIC_PRODUCTION")  # ok: CN008 the configured suffix
BEAM_COLOUR_NAME = os.environ.get("BEAM_COLOUR_NAME")  # ok: CN008 the spelling of the config module wins
FOG_SENSOR_BUS = os.environ.get("FOG_SENSOR_BUS")
FOG_SENSOR_BAUD = os.environ.get("FOG_SENSOR_BAUD")  # ok: CN008 another setting of the same sensor
