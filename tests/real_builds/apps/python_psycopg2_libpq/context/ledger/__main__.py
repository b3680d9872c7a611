import psycopg2
from bottle import Bottle, response
from waitress import serve

from . import connect

app = Bottle()


@app.get("/version")
def version():
    return f"psycopg2 {psycopg2.__version__.split()[0]}, libpq {psycopg2.extensions.libpq_version()}\n"


@app.get("/balance/<account>")
def balance(account):
    try:
        with connect() as connection, connection.cursor() as cursor:
            cursor.execute("select sum(amount) from entries where account = %s", (account,))
            return {"account": account, "balance": cursor.fetchone()[0]}
    except psycopg2.OperationalError:
        response.status = 503
        return {"error": "the database does not answer"}


print("ledger on 8081", flush=True)
serve(app, host="0.0.0.0", port=8081)
