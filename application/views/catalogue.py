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
    line_breaches,
    line_checks,
    mission_conditions,
    mission_follow_ups,
    mission_functions,
    mission_lines,
    mission_projects,
    missions,
    organisations,
    people,
    projects,
    publications,
    qualifications,
    undertaking_links,
)
from application.views.view import View

VIEWS: tuple[View[Any], ...] = (
    organisations.view,
    people.view,
    undertaking_links.view,
    qualifications.view,
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
    mission_lines.view,
    mission_functions.view,
    mission_conditions.view,
    mission_projects.view,
    mission_follow_ups.view,
    line_checks.view,
    line_breaches.view,
)
