"""Every view that is kept. A view that is not here is not followed."""

from typing import Any

from application.views import (
    access,
    circle_meetings,
    circle_members,
    circle_seats,
    circles,
    disclosures,
    documents,
    missions,
    organisations,
    people,
    projects,
    publications,
    undertaking_links,
)
from application.views.view import View

VIEWS: tuple[View[Any], ...] = (
    organisations.view,
    people.view,
    undertaking_links.view,
    access.view,
    circles.view,
    circle_members.view,
    circle_seats.view,
    circle_meetings.view,
    projects.view,
    documents.view,
    disclosures.view,
    publications.view,
    missions.view,
)
