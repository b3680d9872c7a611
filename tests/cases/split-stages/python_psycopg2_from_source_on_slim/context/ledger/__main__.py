import os

import psycopg2

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection:
    with connection.cursor() as cursor:
        cursor.execute("select version()")
        print(cursor.fetchone()[0])
