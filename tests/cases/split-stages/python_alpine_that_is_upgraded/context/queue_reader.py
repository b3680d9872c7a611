import os
import select

import psycopg2

connection = psycopg2.connect(os.environ["DATABASE_URL"])
connection.autocommit = True
connection.cursor().execute("listen jobs")
while True:
    select.select([connection], [], [], 5)
    connection.poll()
    while connection.notifies:
        print(connection.notifies.pop().payload)
