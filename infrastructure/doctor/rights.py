"""Roles, grants, owners, constraints, triggers and functions, held to those of a new ledger.

What a new ledger has is not written down a second time: one is made in a database of its own on the
same server, by this build's `migrate`, and is thrown away. Roles belong to the whole server, so what
they may be and whose members they are is said here.
"""

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, LiteralString

from psycopg import AsyncConnection, errors, sql
from psycopg.conninfo import make_conninfo

from application.doctor.observed import CannotSee
from infrastructure.migrate import migrate

_LOGIN = {"kringboek_service", "kringboek_vault", "kringboek_reader"}
_MEMBER_OF = {"kringboek_service": {"kringboek_views"}, "kringboek_owner": {"kringboek_append"}}

_OBJECTS: LiteralString = """
WITH ours AS (
    SELECT oid, nspname, nspowner, nspacl FROM pg_namespace
    WHERE nspname IN ('ledger', 'views', 'snapshots', 'kringboek', 'vault')
)
SELECT format('schema %s: owner %s, grants %s', nspname, nspowner::regrole, nspacl) FROM ours
UNION ALL
SELECT format('%s.%s (%s): owner %s, grants %s, row security %s',
    o.nspname, c.relname, c.relkind, c.relowner::regrole, c.relacl, c.relrowsecurity)
FROM ours o JOIN pg_class c ON c.relnamespace = o.oid WHERE c.relkind NOT IN ('t', 'c')
UNION ALL
SELECT format('%s.%s.%s: %s, not null %s, generated %s, default %s, grants %s',
    o.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    nullif(a.attgenerated, ''), pg_get_expr(d.adbin, d.adrelid), a.attacl)
FROM ours o JOIN pg_class c ON c.relnamespace = o.oid AND c.relkind IN ('r', 'v', 'p')
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
UNION ALL
SELECT format('%s.%s: %s', o.nspname, c.relname, pg_get_constraintdef(k.oid))
FROM ours o JOIN pg_class c ON c.relnamespace = o.oid JOIN pg_constraint k ON k.conrelid = c.oid
UNION ALL
SELECT format('%s (enabled %s)', pg_get_triggerdef(t.oid), t.tgenabled)
FROM ours o JOIN pg_class c ON c.relnamespace = o.oid JOIN pg_trigger t ON t.tgrelid = c.oid
WHERE NOT t.tgisinternal
UNION ALL
SELECT format('rule %s on %s.%s', r.rulename, o.nspname, c.relname)
FROM ours o JOIN pg_class c ON c.relnamespace = o.oid JOIN pg_rewrite r ON r.ev_class = c.oid
UNION ALL
SELECT format('%s.%s(%s): owner %s, grants %s, security definer %s, settings %s, text %s',
    o.nspname, p.proname, pg_get_function_identity_arguments(p.oid), p.proowner::regrole, p.proacl,
    p.prosecdef, p.proconfig, md5(p.prosrc))
FROM ours o JOIN pg_proc p ON p.pronamespace = o.oid
UNION ALL
SELECT format('default grants in %s by %s: %s', o.nspname, d.defaclrole::regrole, d.defaclacl)
FROM ours o JOIN pg_default_acl d ON d.defaclnamespace = o.oid
UNION ALL
SELECT format('event trigger %s (enabled %s)', evtname, evtenabled) FROM pg_event_trigger
UNION ALL
SELECT format('database: %s may %s', CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
    a.privilege_type)
FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
WHERE d.datname = current_database()
    AND (a.grantee = 0 OR a.grantee::regrole::text LIKE 'kringboek_%%')
"""
_ROLES: LiteralString = """
SELECT r.rolname, r.rolcanlogin,
    r.rolsuper OR r.rolcreatedb OR r.rolcreaterole OR r.rolreplication OR r.rolbypassrls,
    array(SELECT m.roleid::regrole::text FROM pg_auth_members m WHERE m.member = r.oid)
FROM pg_roles r WHERE r.rolname LIKE 'kringboek_%'
"""
_WANTED = frozenset(
    f"kringboek_{each}" for each in ("owner", "append", "service", "views", "vault", "reader")
)


async def altered_rights(
    owner_dsn: str, *, origin: str, sandbox: bool, vault: bool
) -> Sequence[str]:
    """What a ledger just made has and this one lacks, and the other way round.

    Raises `CannotSee` for a login that may not make a database.
    """
    async with await AsyncConnection.connect(owner_dsn, autocommit=True) as connection:
        found = [*_wrong_roles(await _asked(connection, _ROLES))]
        here = {line for (line,) in await _asked(connection, _OBJECTS)}
        async with _scratch(connection, owner_dsn) as dsn:
            await migrate(dsn, origin=origin, sandbox=sandbox, vault=vault)
            async with await AsyncConnection.connect(dsn, autocommit=True) as other:
                new = {line for (line,) in await _asked(other, _OBJECTS)}
    if not vault:
        here = {line for line in here if not line.startswith(("vault.", "schema vault"))}
    found += sorted(f"lacks: {line}" for line in new - here)
    found += sorted(f"has besides: {line}" for line in here - new)
    return found


def _wrong_roles(rows: Sequence[Any]) -> list[str]:
    found = [f"the role {name} is gone" for name in sorted(_WANTED - {row[0] for row in rows})]
    for name, may_login, mighty, member_of in rows:
        if name not in _WANTED:
            continue
        if mighty:
            found.append(f"the role {name} may do more than any of ours needs (superuser, say)")
        if may_login and name not in _LOGIN:
            found.append(f"the role {name} can log in")
        wanted, has = _MEMBER_OF.get(name, set()), set(member_of)
        found += [f"the role {name} is a member of {other}" for other in sorted(has - wanted)]
        found += [f"the role {name} is not a member of {other}" for other in sorted(wanted - has)]
    return found


async def _asked(connection: AsyncConnection[Any], words: LiteralString) -> list[Any]:
    return await (await connection.execute(words)).fetchall()


@asynccontextmanager
async def _scratch(connection: AsyncConnection[Any], owner_dsn: str) -> AsyncIterator[str]:
    name = f"kringboek_doctor_{secrets.token_hex(6)}"
    try:
        await connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
        )
    except errors.InsufficientPrivilege:
        raise CannotSee("this login may not make a database to compare with") from None
    try:
        yield make_conninfo(owner_dsn, dbname=name)
    finally:
        await connection.execute(
            sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
        )
