import logging
import os

log = logging.getLogger(__name__)


def validate_environment() -> bool:
    required_vars = ["DATABASE_URL", "JWT_SECRET_KEY", "SERVICE_ID"]
    for name in required_vars:
        if not os.environ.get(name):
            log.warning("%s is not set", name)  # want: CN204
    return True


def validate_tables(inspector, required_tables):
    present = set(inspector.get_table_names())
    for table in required_tables:
        if table not in present:
            log.error("table %s is missing", table)  # want: CN204
