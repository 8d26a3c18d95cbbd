"""The same policy at the doors: what is not for you is not there, and what you may not do is said."""

from uuid import UUID, uuid4

from domain.member.access import AccessRole
from domain.terms import MemberId
from tests.api.conftest import Told
from tests.api.in_process import ZUIDERDAM, Doors, organisation, project

MEETING = {"meeting": "m-1", "agenda": [], "attendance": [], "competitionStatement": True}
GRANT = {"person": str(uuid4()), "role": "member", "circle": None}


async def caught_up(at: Doors) -> int:
    head, _ = await at.house.ledger.head()
    assert await at.house.views.wait_for(head, within=10)
    return head


def test_each_role_at_its_own_circle_and_at_another(at_the_doors: Told) -> None:
    expected = {
        # role: (read own, write own, read other, write other)
        AccessRole.AUDITOR: (200, 403, 404, 404),
        AccessRole.OFFICER: (200, 200, 404, 404),
        AccessRole.FACILITATOR: (200, 200, 404, 404),
        AccessRole.MEMBER: (200, 403, 404, 404),
        AccessRole.ADMINISTRATOR: (404, 404, 404, 404),
        None: (404, 404, 404, 404),
    }

    async def story(at: Doors) -> None:
        ours = await at.authority()
        officer = await at.token(AccessRole.OFFICER, ours)
        own = await at.circle(officer, ours, "Eigen")
        other = await at.circle(officer, ours, "Ander")
        await caught_up(at)
        for number, (role, statuses) in enumerate(expected.items()):
            circle = None if role is AccessRole.ADMINISTRATOR else own
            token = await at.token(role, ours, circle, name=f"kring {role}")
            found = []
            for place in (own, other):
                read = await at.get(token, f"/circles/{place}")
                found.append(read.status_code)
                version = len(await at.house.ledger.load(place))
                written = await at.give(
                    token,
                    f"/circles/{place}/hold-meeting",
                    MEETING | {"meeting": f"m-{number}"},
                    version=version,
                )
                found.append(written.status_code)
            assert tuple(found) == statuses, role

    at_the_doors(story)


def test_the_dossier_of_a_project_is_not_for_a_member(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        officer = await at.token(AccessRole.OFFICER, ours)
        circle = await at.circle(officer, ours)
        found = await at.project(officer, ours)
        link = {"circle": str(circle)}
        path = f"/convenant-projects/{found}"
        assert (await at.give(officer, f"{path}/link-circle", link, version=1)).is_success
        await caught_up(at)
        member = await at.token(AccessRole.MEMBER, ours, circle, name="deelnemer")
        assert (await at.get(member, path)).status_code == 200
        for part in ("documents", "verdicts"):
            assert (await at.get(member, f"{path}/{part}")).status_code == 403
            assert (await at.get(officer, f"{path}/{part}")).status_code == 200
        seen = (await at.get(member, f"{path}/timeline")).json()["events"]
        kinds = {each["type"].split(".")[-2]: "data" in each for each in seen}
        assert kinds["project-registered"]
        assert kinds["circle-linked"]

    at_the_doors(story)


def test_estimates_are_withheld_from_the_circle_and_their_hash_is_not(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        officer = await at.token(AccessRole.OFFICER, ours)
        circle = await at.circle(officer, ours)
        found = await at.project(officer, ours)
        path = f"/convenant-projects/{found}"
        await at.give(officer, f"{path}/link-circle", {"circle": str(circle)}, version=1)
        body = {
            "subject": "invitee-selection",
            "text": "De keuze van de genodigden, in vertrouwen.",
            "aspects": [],
            "inTenderDocuments": False,
        }
        given = await at.give(officer, f"{path}/give-motivation", body, version=2)
        assert given.status_code == 200, given.text
        position = given.json()["position"]
        await caught_up(at)
        member = await at.token(AccessRole.MEMBER, ours, circle, name="nieuwsgierig")
        hidden = (await at.get(member, f"/events/{position}")).json()
        shown = (await at.get(officer, f"/events/{position}")).json()
        assert hidden["withheld"] is True
        assert "data" not in hidden
        assert "salt" not in hidden
        assert "vertrouwen" not in str(hidden)
        assert shown["data"]["subject"] == "invitee-selection"
        for name in ("bodyhash", "type", "sequence", "time", "subject"):
            assert hidden[name] == shown[name]

    at_the_doors(story)


def test_an_officer_of_one_authority_registers_no_project_of_another(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        theirs = await at.authority(ZUIDERDAM, "Gemeente Zuiderdam")
        officer = await at.token(AccessRole.OFFICER, ours)
        assert (await at.give(officer, "/convenant-projects", project(ours))).status_code == 201
        assert (await at.give(officer, "/convenant-projects", project(theirs))).status_code == 403
        unknown = MemberId(uuid4())
        assert (await at.give(officer, "/convenant-projects", project(unknown))).status_code == 403

    at_the_doors(story)


def test_only_an_administrator_of_the_authority_grants_access(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        theirs = await at.authority(ZUIDERDAM, "Gemeente Zuiderdam")
        officer = await at.token(AccessRole.OFFICER, ours)
        firm = await at.give(officer, "/members", organisation())
        administrator = await at.token(AccessRole.ADMINISTRATOR, ours, name="beheerder")

        async def grant(token: str, member: object) -> int:
            version = len(await at.house.ledger.load(UUID(str(member))))
            path = f"/members/{member}/grant-access"
            return (await at.give(token, path, GRANT, version=version)).status_code

        await caught_up(at)
        assert await grant(officer, ours) == 403
        assert await grant(administrator, theirs) == 404
        assert await grant(administrator, firm.json()["id"]) == 404
        assert await grant(administrator, ours) == 200
        decided = await at.give(administrator, "/convenant-projects", project(ours))
        assert decided.status_code == 403

    at_the_doors(story)


def test_access_holds_from_its_grant_until_its_withdrawal(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        administrator = await at.token(AccessRole.ADMINISTRATOR, ours, name="beheerder")
        person = at.person("komt en gaat")
        token = await at.token(None, name="komt en gaat")
        assert (await at.give(token, "/members", organisation())).status_code == 403
        grant = {"person": str(person), "role": "officer", "circle": None}

        async def change(command: str) -> int:
            version = len(await at.house.ledger.load(ours))
            answer = await at.give(
                administrator, f"/members/{ours}/{command}", grant, version=version
            )
            assert answer.status_code == 200, answer.text
            position: int = answer.json()["position"]
            return position

        granted = await change("grant-access")
        assert (await at.give(token, "/members", organisation())).status_code == 201
        withdrawn = await change("withdraw-access")
        assert (await at.give(token, "/members", organisation())).status_code == 403
        auditor = await at.token(AccessRole.AUDITOR, ours, name="controleur")
        for position, held in ((granted - 1, False), (granted, True), (withdrawn, False)):
            listed = await at.read(auditor, f"/members/{ours}/access?asOf=position:{position}")
            assert (str(person) in {each["person"] for each in listed["grants"]}) == held
            roles = await at.house.registers.held_by(person, as_of=position)
            assert bool(roles) == held

    at_the_doors(story)


def test_every_fact_carries_the_hash_of_the_policy_in_force(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        position = (await at.give(officer, "/members", organisation())).json()["position"]
        await caught_up(at)
        event = (await at.get(officer, f"/events/{position}")).json()
        assert event["policyhash"] == at.house.access.policy.sha256.hex()

    at_the_doors(story)


def test_lists_hold_what_the_reader_may_see_and_no_more(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        theirs = await at.authority(ZUIDERDAM, "Gemeente Zuiderdam")
        officer = await at.token(AccessRole.OFFICER, ours)
        colleague = await at.token(AccessRole.OFFICER, theirs)
        own = await at.circle(officer, ours, "Van ons")
        foreign = await at.circle(colleague, theirs, "Van hen")
        member = await at.token(AccessRole.MEMBER, ours, own, name="deelnemer van één kring")
        listed = await at.read(member, "/circles?limit=200")
        assert {each["circle"] for each in listed["circles"]} == {str(own)}
        listed = await at.read(colleague, "/circles?limit=200")
        assert str(foreign) in {each["circle"] for each in listed["circles"]}
        assert str(own) not in {each["circle"] for each in listed["circles"]}
        nobody = await at.token(None, name="niemand")
        for path, name in (
            ("/circles", "circles"),
            ("/members", "members"),
            ("/convenant-projects", "projects"),
            ("/missions", "missions"),
        ):
            assert (await at.read(nobody, path))[name] == []

    at_the_doors(story)


def test_nothing_but_published_material_is_there_without_a_token(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        paths = (await at.get(None, "/openapi.json")).json()["paths"]
        public = set()
        for path, methods in paths.items():
            for method in methods:
                plain = path.replace("{id}", str(uuid4())).replace("{position}", "1")
                answer = await at.client.request(method, f"/v1{plain}")
                if answer.status_code != 401:
                    public.add(path)
        assert public == {
            "/rules",
            "/glossary",
            "/vocabularies",
            "/openapi.json",
            "/publications/documents",
            "/publications/reports",
            # Hashes and nothing else: whoever trusts nobody needs no token to check.
            "/log",
            "/log/consistency",
            "/events/{position}/inclusion",
            "/events/{position}/proof",
        }
        assert (await at.client.get("/metrics")).status_code == 401

    at_the_doors(story)


def test_figures_about_the_service_are_for_auditors_and_administrators(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        for role, status in (
            (AccessRole.AUDITOR, 200),
            (AccessRole.ADMINISTRATOR, 200),
            (AccessRole.OFFICER, 403),
            (None, 403),
        ):
            token = await at.token(role, ours, name=f"kijkt {role}")
            headers = {"Authorization": f"Bearer {token}"}
            answer = await at.client.get("/metrics", headers=headers)
            assert answer.status_code == status
            if status == 200:
                assert "kringboek_ledger_position " in answer.text
                assert 'kringboek_view_position{view="circles"}' in answer.text
                assert 'kringboek_answers_total{door="api",status="201"}' in answer.text

    at_the_doors(story)
