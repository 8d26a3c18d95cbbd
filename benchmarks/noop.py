"""The FastAPI that does nothing: a body that pydantic reads, and an answer."""

import argparse

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel


class VersionRef(BaseModel):
    document: str
    version: int


class Disclosure(BaseModel):
    documents: list[VersionRef]
    recipients: list[str]
    channel: str
    proof: str | None = None


app = FastAPI()


@app.post("/noop")
async def noop(body: Disclosure) -> dict[str, int]:
    return {"recipients": len(body.recipients)}


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--port", type=int, required=True)
    uvicorn.run(
        app,
        port=words.parse_args().port,
        http="httptools",
        loop="uvloop",
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="warning",
    )
