import type { Client } from "pg";

import { parseStatement } from "@/lib/domain/policies/parse";

/** Text that wants to be a script or a formula. */
const run = "window.__ran=1";
const scripts = [
  `<script>${run}</script>`,
  `"><script>${run}</script>`,
  `'><script>${run}</script>`,
  `</title><script>${run}</script>`,
  `</script><script>${run}</script>`,
  `--><script>${run}</script>`,
  `]]><script>${run}</script>`,
  `<img src=x onerror=${run}>`,
  `"><img src=x onerror=${run}>`,
  `<svg onload=${run}>`,
  `<svg><script>${run}</script></svg>`,
  `<svg/onload=${run}//`,
  `<body onload=${run}>`,
  `<iframe srcdoc="<script>parent.__ran=1</script>">`,
  `<iframe src="javascript:parent.__ran=1">`,
  `<a href="javascript:${run}">x</a>`,
  `javascript:${run}`,
  `JaVaScRiPt:${run}`,
  `java\tscript:${run}`,
  `data:text/html,<script>${run}</script>`,
  `<input autofocus onfocus=${run}>`,
  `<details open ontoggle=${run}>`,
  `<video><source onerror=${run}>`,
  `<audio src=x onerror=${run}>`,
  `<object data="javascript:${run}">`,
  `<embed src="javascript:${run}">`,
  `<form action="javascript:${run}"><button>x</button></form>`,
  `<button formaction="javascript:${run}">x</button>`,
  `<math><mi xlink:href="javascript:${run}">x</mi></math>`,
  `<style>@import 'javascript:${run}';</style>`,
  `<link rel=stylesheet href="javascript:${run}">`,
  `<base href="javascript:${run}//">`,
  `<meta http-equiv=refresh content="0;javascript:${run}">`,
  `<template><script>${run}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<marquee onstart=${run}>`,
  `<select onfocus=${run} autofocus><option>`,
  `<textarea onfocus=${run} autofocus>`,
  `"onmouseover="${run}`,
  `' onfocus='${run}' autofocus='`,
  "`-" + run + "-`",
  `\${${run}}`,
  `{{constructor.constructor('${run}')()}}`,
  `<%= ${run} %>`,
  `#{${run}}`,
  `\\"><script>${run}</script>`,
  `\\u003cscript\\u003e${run}\\u003c/script\\u003e`,
  `&lt;script&gt;${run}&lt;/script&gt;`,
  `%3Cscript%3E${run}%3C/script%3E`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `<<script>${run}//<</script>`,
  `<script\n>${run}</script\n>`,
  `\u2028${run}\u2029`,
  `\u202e<script>${run}</script>`,
];
const formulas = [
  `=HYPERLINK("javascript:${run}","x")`,
  "=cmd|' /C calc'!A0",
  "+1+cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "\t=1+1",
  "\r=1+1",
];
export const payloads = [...scripts, ...formulas];

/** A scope has a grammar of its own: nothing of these gets into one. */
const scope = { audience: "https://hostile.example.com", scope: "read" };

/** What a payload's own user, group, resource, session and policy are called in the database. */
export const plantedId = (place: number, ownerId: string) =>
  `hostile-${place}-${ownerId.slice(-8)}`;

/** Of the policies that hold all that a statement can hold; few, for a tenancy has room for a hundred. */
export const policyPlaces = payloads.map((_each, place) => place).filter((at) => at % 12 === 0);

const statements = payloads.flatMap((payload) => {
  const [who, what] = [payload, payload].map((text) => (text.includes("'") ? "x" : text));
  const value = payload.includes("'") ? `/${payload}/` : `'${what}'`;
  const text = `Allow group '${who}' to inspect groups in tenancy where target.group.name = ${value}`;
  // One that cannot be read would close the tenancy to everybody.
  return parseStatement(text).ok ? [text] : [];
});

/** Puts each of them into every column that people fill, past every check: a page may not rely on one. */
export async function plant(client: Client, ownerId: string): Promise<void> {
  const owner = { id: ownerId };
  const insertCredential = (kind: string, details: object, place: number) =>
    client.query(
      `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, created_by_name,
         last_used_at, last_used_address, last_used_client, created_at, verifier)
       values ($1, $2, $3, $1, 'global', $4, $5, now(), $5, $5, now() - interval '200 days', $1)`,
      [`ocid1.credential.local..${kind}${place}`, kind, owner.id, details, payloads[place]],
    );
  await client.query("begin");
  await client.query("set local session_replication_role = replica");
  await client.query(
    "update users set description = $2, db_user_name = $2, freeform_tags = $3, defined_tags = $4 where id = $1",
    [owner.id, payloads[0], allTags, { [payloads[1] ?? ""]: allTags }],
  );
  for (const [place, payload] of payloads.entries()) {
    const about = { name: payload, description: payload };
    await insertCredential("auth_token", { description: payload }, place);
    await insertCredential("customer_secret_key", { name: payload }, place);
    await insertCredential("smtp_credential", { description: payload }, place);
    await insertCredential("database_password", { description: payload }, place);
    await insertCredential("oauth_client_credential", { ...about, scopes: [scope] }, place);
    await insertCredential(
      "api_key",
      { name: payload, publicKey: payload, sha256: payload, bits: 2048 },
      place,
    );
    const id = plantedId(place, owner.id);
    const tags = { [payload]: payload };
    const tagged = [id, payload, owner.id, tags, { [payload]: tags }];
    await client.query(
      `insert into groups (id, tenancy_id, name, name_key, description, freeform_tags, defined_tags)
       select $1, tenancy_id, $2, $1, $2, $4, $5 from users where id = $3`,
      tagged,
    );
    await client.query("insert into memberships (id, user_id, group_id) values ($1, $2, $1)", [
      id,
      owner.id,
    ]);
    await client.query(
      `insert into users (id, tenancy_id, name, name_key, description, email, db_user_name, freeform_tags, defined_tags)
       select $1, tenancy_id, $2, $1, $2, $2, $2, $4, $5 from users where id = $3`,
      tagged,
    );
    if (policyPlaces.includes(place))
      await client.query(
        `insert into policies (id, tenancy_id, name, name_key, description, statements, freeform_tags, defined_tags)
         select $1, tenancy_id, $2, $1, $2, $6, $4, $5 from users where id = $3`,
        [...tagged, JSON.stringify(statements.slice(place, place + 12))],
      );
    await client.query(
      `insert into oauth_resources (id, tenancy_id, name, name_key, audience, scopes)
       select $1, tenancy_id, $2, $1, $1, array[$2] from users where id = $3`,
      [id, payload, owner.id],
    );
    // Few: others look for theirs on the same page.
    if (policyPlaces.includes(place))
      await client.query(
        "insert into limit_requests (id, user_id, kind, note) values ($1, $1, 'auth_token', $2)",
        [id, payload],
      );
    await client.query(
      `insert into sessions (id, token_hash, user_id, expires_at, address, client)
       values ($1, $1, $2, now() + interval '1 hour', $3, $3)`,
      [id, owner.id, payload],
    );
    await client.query(
      `insert into audit_events (action, outcome, reason, actor_id, actor_name, via, owner_id, owner_name, subject_type,
         subject_id, subject_name, details, address, client, request_id)
       values ($2, 'refused', $2, $1, $2, $2, $1, $2, $2, $2, $2, $3, $2, $2, $2)`,
      [owner.id, payload, { sentence: payload, kind: payload, changed: [payload] }],
    );
  }
  await client.query(readAnew);
  await client.query("commit");
}

/** What is planted on the test's own server would be in everybody's way: only its page sees it, and it goes. */
export async function clear(client: Client, ownerId: string): Promise<void> {
  const mine = `hostile-%-${ownerId.slice(-8)}`;
  await client.query("begin");
  await client.query("set local session_replication_role = replica");
  for (const table of ["memberships", "limit_requests", "sessions", "groups", "policies", "users"])
    await client.query(`delete from ${table} where id like $1`, [mine]);
  await client.query("delete from oauth_resources where id like $1", [mine]);
  await client.query("delete from credentials where owner_id = $1", [ownerId]);
  await client.query(readAnew);
  await client.query("commit");
}

/** Tells every process that the policies are others. */
const readAnew = "update tenancies set policies_version = policies_version + 1";

const allTags = Object.fromEntries(payloads.map((payload) => [payload, payload]));
