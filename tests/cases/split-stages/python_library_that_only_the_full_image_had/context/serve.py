import os

import MySQLdb
from waitress import serve


def app(environ, start_response):
    with MySQLdb.connect(host=os.environ["DB_HOST"], database=os.environ["DB_NAME"]) as db:
        rows = db.cursor()
        rows.execute("select count(*) from guests")
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(rows.fetchone()[0]).encode()]


serve(app, port=8050)
