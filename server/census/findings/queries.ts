import { type RawBuilder, sql } from 'kysely'
import type { CensusFinding, Picture } from '../../../shared/census/findings/findings.ts'
import {
  type FindingState,
  MOST_PICTURES,
  needsSecond,
  numberOf,
} from '../../../shared/census/findings/findings-rules.ts'
import type { Found } from '../../../shared/census/findings/overlay.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { familyOf } from '../../register/rule-editions/queries.ts'

type Who = Pick<Principal, 'id' | 'role' | 'scope'>

export interface FindingFilter {
  readonly site?: number | undefined
  readonly state?: FindingState | undefined
  readonly rule?: string | undefined
  readonly district?: string | undefined
}

/** Findings on sites of the scope, newest first: at most `limit`, with ids before `before`. */
export async function listFindings(
  db: Db,
  who: Who,
  filter: FindingFilter,
  page: { readonly limit: number; readonly before?: number | undefined },
): Promise<{ items: CensusFinding[]; total: number }> {
  const matching = matches(who, filter)
  let query = findingRows(db).where(matching)
  if (page.before !== undefined) query = query.where('f.id', '<', page.before)
  const rows = await query.orderBy('f.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('census_finding as f')
    .innerJoin('site', 'site.id', 'f.site_id')
    .where(matching)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map((row) => toFinding(row, who)), total }
}

/** One finding, if it is on a site of the scope. */
export async function findFinding(db: Db, who: Who, id: number): Promise<CensusFinding | undefined> {
  const row = await findingRows(db).where('f.id', '=', id).where(matches(who, {})).executeTakeFirst()
  return row && toFinding(row, who)
}

function matches(who: Who, { site, state, rule, district }: FindingFilter): RawBuilder<boolean> {
  return sql<boolean>`(${within(who.scope, 'site')} and ${isSaid(who)}
    and ${site === undefined ? sql`true` : sql`f.site_id = ${site}`}
    and ${state === undefined ? sql`true` : sql`f.state = ${state}`}
    and ${rule === undefined ? sql`true` : sql`f.rule = ${rule}`}
    and ${district === undefined ? sql`true` : sql`site.district = ${district}`})`
}

/** Owners of a site are not told of what was never confirmed. */
export const isSaid = ({ scope }: Pick<Who, 'scope'>): RawBuilder<boolean> =>
  scope.kind === 'unit' ? sql`(f.state in ('confirmed', 'mended') or f.confirmed_at is not null)` : sql`true`

/** A finding that counts in a score sheet. */
export interface CountingFinding extends Found {
  readonly site_id: number
}

/**
 * Findings that stood on these sites at an instant, oldest first, by an edition or another of the same rules. One that was
 * dismissed never did; a veto stands from its confirmation on; what one person says alone fails no site by a stricter edition either.
 */
export async function countingFindings(
  db: Db,
  siteIds: readonly number[],
  edition: EditionBody,
  atMs: number,
): Promise<CountingFinding[]> {
  const at = new Date(atMs)
  const rows = await db
    .selectFrom('census_finding')
    .select(['site_id', 'rule', 'kind', 'serial', 'target', 'count', 'confirmed_at'])
    .where('site_id', 'in', [...siteIds])
    .where(sql<boolean>`edition in ${familyOf(edition.basedOn ?? edition.code)}`)
    .where('state', 'in', ['confirmed', 'mended'])
    .where(({ fn }) => fn.coalesce('confirmed_at', 'recorded_at'), '<=', at)
    .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', at)]))
    .orderBy('id')
    .execute()
  const rules = new Map(edition.rules.map((rule) => [rule.id, rule]))
  return rows.flatMap(({ kind, serial, confirmed_at, ...row }) => {
    const rule = rules.get(row.rule)
    if (!rule || (confirmed_at === null && needsSecond(rule, row.count, edition))) return []
    return [{ ...row, number: numberOf(kind, serial), confirmed: confirmed_at !== null }]
  })
}

function findingRows(db: Db) {
  return db
    .selectFrom('census_finding as f')
    .innerJoin('site', 'site.id', 'f.site_id')
    .innerJoin('user_account as recorder', 'recorder.id', 'f.recorded_by')
    .leftJoin('user_account as confirmer', 'confirmer.id', 'f.confirmed_by')
    .leftJoin('user_account as ender', 'ender.id', 'f.ended_by')
    .selectAll('f')
    .select(['site.name as site_name', 'site.district', 'site.unit_id'])
    .select(
      sql<
        Picture[]
      >`(select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'size', c.size) order by p.id), '[]')
        from census_picture p join file_content c on c.hash = p.hash where p.finding_id = f.id)`.as(
        'pictures',
      ),
    )
    .select([
      'recorder.name as recorder_name',
      'confirmer.name as confirmer_name',
      'ender.name as ender_name',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof findingRows>['executeTakeFirstOrThrow']>>

function toFinding(row: Row, who: Who): CensusFinding {
  return {
    ...{ id: row.id, version: row.version, number: numberOf(row.kind, row.serial) },
    ...{ siteId: row.site_id, siteName: row.site_name, district: row.district },
    ...{ edition: row.edition, rule: row.rule, target: row.target, count: row.count },
    ...{ note: row.note, proof: [...row.proof], pictures: row.pictures, state: row.state },
    recorded: {
      by: { id: row.recorded_by, name: row.recorder_name },
      at: row.recorded_at.toISOString(),
      note: null,
    },
    confirmed: stepOf(row.confirmed_by, row.confirmer_name, row.confirmed_at, row.confirmed_note),
    ended: stepOf(row.ended_by, row.ender_name, row.ended_at, row.ended_note),
    may: stepsFor(row, who),
  }
}

function stepOf(by: number | null, name: string | null, at: Date | null, note: string | null) {
  return by === null || at === null ? null : { by: { id: by, name: name ?? '' }, at: at.toISOString(), note }
}

/** What somebody may do with a finding: nobody confirms what is their own, nor ends what is theirs to have confirmed. */
function stepsFor(row: Row, who: Who): CensusFinding['may'] {
  const where = { district: row.district, unitId: row.unit_id }
  if (!may(who, 'finding.record', where)) return []
  const isFull = row.pictures.length >= MOST_PICTURES
  const illustrate = isFull ? [] : (['illustrate'] as const)
  if (row.state === 'proposed') {
    return row.recorded_by === who.id ? ['dismiss', ...illustrate] : ['confirm', 'dismiss', ...illustrate]
  }
  if (row.state !== 'confirmed') return []
  return row.confirmed_by === who.id ? [...illustrate] : ['mend', 'dismiss', ...illustrate]
}
