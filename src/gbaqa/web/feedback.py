"""POST /api/feedback: a reader's thumb for an answer, where the server keeps them."""

import logging

from fastapi import APIRouter
from pydantic import BaseModel, Field

from gbaqa.errors import FeedbackError
from gbaqa.retrieval.question import LONGEST_QUESTION
from gbaqa.web.api.problems import RequestError, told
from gbaqa.web.ratings import Ratings, Reason, Thumb

_log = logging.getLogger(__name__)
_LONGEST_ANSWER, _LONGEST_REMARK = 20_000, 1_000


class Judgement(BaseModel):
    """Body of POST /api/feedback. Nothing is recorded of who sends it."""

    rating: Thumb
    question: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    answer: str = Field(max_length=_LONGEST_ANSWER)
    reason: Reason | None = None
    remark: str = Field("", max_length=_LONGEST_REMARK)


def router(ratings: Ratings) -> APIRouter:
    """The route; it is absent where no feedback is kept."""
    routes = APIRouter()

    @routes.post("/api/feedback", status_code=204, responses=told("failure"), tags=["feedback"], summary="Rate an answer")
    def rate(judgement: Judgement) -> None:
        """Keep a thumb with its reason, on this server only."""
        try:
            ratings.add(judgement.rating, judgement.question, judgement.answer, judgement.reason, judgement.remark)
        except FeedbackError as error:
            _log.error("%s", error)  # names a file of the server, which is its operator's business
            raise RequestError("failure", "Feedback cannot be kept just now; tell whoever runs this server.") from error

    return routes
