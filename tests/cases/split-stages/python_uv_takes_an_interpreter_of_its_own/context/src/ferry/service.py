import bottle


@bottle.get("/next")
def following():
    return {"next": "13:25"}


def main():
    bottle.run(host="0.0.0.0", port=8083)
