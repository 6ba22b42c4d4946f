import { sql } from 'kysely'
import type { Fact, NewFact } from '../../../shared/base/facts.ts'
import type { Tx } from '../db/database.ts'

/**
 * Adds facts to the log, in the transaction that makes them true, and numbers them without gaps in commit
 * order: the counter row stays locked until the transaction ends, so call this last.
 * `insert into fact select … from jsonb_to_recordset($1)`: one statement however many facts, which also wakes
 * other processes when it is committed (`notify`).
 * @returns the facts with their numbers. Wake the live plane after the commit.
 */
export async function appendFacts(tx: Tx, facts: readonly NewFact[]): Promise<Fact[]> {
  if (facts.length === 0) return []
  const counter = await tx
    .updateTable('fact_counter')
    .set({ seq: sql`seq + ${facts.length}` })
    .where('id', '=', 1)
    .returning('seq')
    .executeTakeFirstOrThrow()
  const first = counter.seq - facts.length + 1
  const numbered = facts.map((fact, index) => ({ ...fact, seq: first + index }) as Fact)
  const rows = JSON.stringify(numbered.map(toRow))
  await sql`
    with stored as (
      insert into fact (seq, at, kind, site_id, district, alert_id, rectification_id, actor_id, actor_name, data)
      select seq, at, kind, site_id, district, alert_id, rectification_id, actor_id, actor_name, data
      from jsonb_to_recordset(${rows}::jsonb) as f(
        seq bigint, at timestamptz, kind text, site_id int, district text, alert_id int, rectification_id int,
        actor_id int, actor_name text, data jsonb))
    select pg_notify('siteward_fact', '')
  `.execute(tx)
  return numbered
}

function toRow(fact: Fact) {
  return {
    seq: fact.seq,
    at: fact.at,
    kind: fact.kind,
    site_id: fact.siteId,
    district: fact.district,
    alert_id: 'alert' in fact.data ? fact.data.alert.id : null,
    rectification_id: 'rectification' in fact.data ? fact.data.rectification.id : null,
    actor_id: fact.actor?.id ?? null,
    actor_name: fact.actor?.name ?? null,
    data: fact.data,
  }
}
