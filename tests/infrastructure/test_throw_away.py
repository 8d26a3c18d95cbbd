"""A database to play in: there while somebody plays, and gone afterwards."""

from dataclasses import dataclass

import psycopg
import pytest

from infrastructure.embedded_postgres import Cluster
from infrastructure.throw_away import throw_away


@dataclass(frozen=True, kw_only=True)
class Server:
    cluster: Cluster

    @property
    def owner_dsn(self) -> str:
        return self.cluster.dsn()

    def dsn(self, role: str) -> str:
        return self.cluster.dsn("postgres", role)

    def stop(self) -> None:
        return


def databases(cluster: Cluster) -> set[str]:
    with psycopg.connect(cluster.dsn()) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, 'kringboek_play_')"
        )
        return {name for (name,) in rows}


def test_it_is_there_for_as_long_as_the_block(cluster: Cluster) -> None:
    server = Server(cluster=cluster)
    with throw_away(server) as one, throw_away(server) as two:
        assert one.name != two.name
        assert {one.name, two.name} <= databases(cluster)
        with psycopg.connect(one.owner_dsn) as connection:
            assert connection.info.dbname == one.name
        assert f"dbname={one.name}" in one.dsn("kringboek_service")
        assert "user=kringboek_service" in one.dsn("kringboek_service")
    assert not {one.name, two.name} & databases(cluster)


def test_it_is_gone_after_an_error_and_with_somebody_still_in_it(cluster: Cluster) -> None:
    with pytest.raises(ZeroDivisionError), throw_away(Server(cluster=cluster)) as one:  # noqa: PT012
        inside = psycopg.connect(one.owner_dsn)
        raise ZeroDivisionError
    inside.close()
    assert one.name not in databases(cluster)


def test_what_a_killed_player_left_is_removed_by_the_next(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE kringboek_play_1_left TEMPLATE template0")
    with throw_away(Server(cluster=cluster)):
        assert "kringboek_play_1_left" not in databases(cluster)
