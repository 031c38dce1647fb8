"""The web application: the API and the pages in one."""

from fastapi import FastAPI

from api.app import create_app
from services.house import House


def create_web(house: House) -> FastAPI:
    """The API; the pages are mounted beside it."""
    return create_app(house)
