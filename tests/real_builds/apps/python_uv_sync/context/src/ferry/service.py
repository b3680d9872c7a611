from aiohttp import web

from .times import following


async def next_ferry(request):
    after = request.query.get("after", "00:00")
    return web.json_response({"after": after, "next": following(after)})


def main():
    app = web.Application()
    app.router.add_get("/next", next_ferry)
    web.run_app(app, port=8083)
