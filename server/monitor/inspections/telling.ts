import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import { INSPECTION_RULES } from '../../../shared/monitor/inspections/catalogue.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { mannersNow } from './error-rate.ts'
import { HOST_RULE } from './outbound/host-rule.ts'
import { SOURCE } from './queries.ts'

declare module '../../base/context.ts' {
  interface After {
    /** What the rules of the machine, and people, say of the problems of these sites is otherwise. @returns the facts; the caller appends them. */
    inspected(tx: Tx, siteIds: readonly number[], now: number): Promise<NewFact[]>
  }
}

/** What of a site's problems an alert is about: those of one rule and one source. */
export interface ToldProblems {
  readonly siteId: number
  readonly rule: string
  /** What it shares with other sites; null: nothing. */
  readonly source: string | null
  readonly n: number
  /** One of them. */
  readonly url: string
  readonly excerpt: string
}

/**
 * What of the problems of these sites is told: what rules have found that may tell by themselves, and of the others what is
 * grave and a person has confirmed. Small things that are so stand in the list, where the unit sees them: an alert for each
 * would leave no site without one. Nothing of sites that are paused, nor of what has an alert of its own (`alert` of the rule).
 * @param now epoch ms.
 */
export async function toldProblems(
  db: Db | Tx,
  siteIds: readonly number[],
  now: number,
): Promise<ToldProblems[]> {
  if (siteIds.length === 0) return []
  return toldWhere(db, sql<boolean>`p.site_id = any(${[...siteIds]}::int[])`, now)
}

/** The same of all sites that share these sources. */
export async function toldOfSources(
  db: Db | Tx,
  sources: readonly { readonly rule: string; readonly source: string }[],
  now: number,
): Promise<ToldProblems[]> {
  if (sources.length === 0) return []
  return toldWhere(db, isOfSources(sources), now)
}

/** What a person saw of problems that are told: those of one rule, of a site or of a source wherever it is, as of an instant. */
export interface SeenTold {
  readonly rule: string
  readonly siteId?: number
  readonly source?: string
  /** When what was shown was as it is, ISO. */
  readonly at: string
}

/** The problems themselves that are told and were there already when they were shown. */
export async function idsOfTold(db: Db | Tx, seen: readonly SeenTold[], now: number): Promise<number[]> {
  if (seen.length === 0) return []
  const { rows } = await sql<{ id: number }>`
    select p.id from inspection_problem p join site on site.id = p.site_id
    where ${await isTold(db, now)} and exists (
      select from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as s(rule text, "siteId" int, source text, at timestamptz)
      where s.rule = p.rule and p.first_at <= s.at and (s."siteId" = p.site_id or s.source = ${SOURCE}))
    order by p.id
  `.execute(db)
  return rows.map(({ id }) => id)
}

/**
 * Of foreign hosts that went bad those that are told of, each by an alert of its own: all while their rule tells, else those of which a
 * person has confirmed it on some site.
 * @param now epoch ms.
 */
export async function toldHosts(
  db: Db | Tx,
  hosts: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  if (hosts.length === 0 || (await mannersNow(db, now)).get(HOST_RULE) === 'tells') return new Set(hosts)
  const { rows } = await sql<{ host: string }>`
    select distinct told as host from inspection_problem
    where rule = ${HOST_RULE} and told = any(${[...hosts]}::text[]) and gone_at is null and state = 'confirmed'
  `.execute(db)
  return new Set(rows.map(({ host }) => host))
}

/** Of foreign hosts that went bad those of which people have refused it, on each site where it was found. */
export async function refusedHosts(db: Db | Tx, hosts: readonly string[]): Promise<ReadonlySet<string>> {
  if (hosts.length === 0) return new Set()
  const { rows } = await sql<{ host: string }>`
    select told as host from inspection_problem
    where rule = ${HOST_RULE} and told = any(${[...hosts]}::text[]) and gone_at is null
    group by told having bool_and(state = 'refused')
  `.execute(db)
  return new Set(rows.map(({ host }) => host))
}

const isOfSources = (sources: readonly { readonly rule: string; readonly source: string }[]) =>
  sql<boolean>`exists (
    select 1 from jsonb_to_recordset(${JSON.stringify(sources)}::jsonb) as s(rule text, source text)
    where s.rule = p.rule and s.source = ${SOURCE})`

/** SQL for whether the problem `p` is told further. */
async function isTold(db: Db | Tx, now: number) {
  const manners = await mannersNow(db, now)
  const alerting = INSPECTION_RULES.filter(({ alert }) => alert)
  const telling = alerting.flatMap(({ id }) => (manners.get(id) === 'tells' ? [id] : []))
  const grave = alerting.flatMap(({ id, severity }) => (severity === 'major' ? [id] : []))
  return sql<boolean>`(p.gone_at is null and ((p.state <> 'refused' and p.rule = any(${telling}::text[]))
    or (p.state = 'confirmed' and p.rule = any(${grave}::text[]))))`
}

async function toldWhere(
  db: Db | Tx,
  where: ReturnType<typeof sql<boolean>>,
  now: number,
): Promise<ToldProblems[]> {
  const { rows } = await sql<ToldProblems>`
    select p.site_id as "siteId", p.rule, ${SOURCE} as source, count(*)::int as n, min(p.url) as url, min(p.excerpt) as excerpt
    from inspection_problem p join site on site.id = p.site_id join site_state state on state.site_id = site.id
    where ${where} and ${await isTold(db, now)} and state.availability <> 'paused' and site.merged_into is null
    group by 1, 2, 3 order by 1, 2, 3
  `.execute(db)
  return rows
}
