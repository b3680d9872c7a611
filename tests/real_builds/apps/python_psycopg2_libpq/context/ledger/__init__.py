import os

import psycopg2


def connect():
    return psycopg2.connect(os.environ.get("DATABASE_URL", "postgresql://127.0.0.1:1/ledger"), connect_timeout=2)
