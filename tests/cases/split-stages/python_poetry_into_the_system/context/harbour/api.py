from fastapi import FastAPI

app = FastAPI()


@app.get("/ships")
def ships():
    return ["Aurora", "Vesta"]
