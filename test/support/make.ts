import type { Insertable, Selectable } from 'kysely'
import type { Db, Tx } from '../../server/base/db/database.ts'
import type { AlertTable } from '../../server/desk/alerts/tables.ts'
import type { SiteStateTable } from '../../server/monitor/standing/tables.ts'
import { READER } from '../../server/monitor/visit/reading/print.ts'
import type { SiteTable } from '../../server/register/sites/tables.ts'
import type { UnitTable } from '../../server/register/units/tables.ts'
import type { AlertRule, Severity } from '../../shared/desk/alerts/alerts.ts'
import type { Finding } from '../../shared/monitor/freshness/freshness.ts'
import { TUESDAY } from './clock.ts'
import { GROUPS, GUANGZHOU } from './registers/guangzhou.ts'

/*
 * Rows with defaults, so that a test states only what matters to it. They are written past the services: use
 * them for what was there before the story begins.
 */

type With<T> = Partial<Insertable<T>>
let serial = 0

/** The 13 groups of Guangzhou, whose register it is; units and sites need them. Harmless when they are there. */
export async function makeDistricts(db: Db | Tx): Promise<void> {
  const rows = GROUPS.map(({ code, name, nameEn }, position) => ({
    code,
    name,
    name_en: nameEn,
    position,
  }))
  await db
    .insertInto('district')
    .values(rows)
    .onConflict((on) => on.doNothing())
    .execute()
  const own = GROUPS.filter(({ code }) => code.includes('-'))
  await db
    .insertInto('division')
    .values(
      own.map(({ code, name, nameEn }) => ({
        code,
        name,
        name_en: nameEn,
        level: 'department' as const,
        parent: GUANGZHOU.code,
        successor: null,
      })),
    )
    .onConflict((on) => on.doNothing())
    .execute()
  await db
    .insertInto('setting')
    .values({ key: 'area', value: JSON.stringify({ code: GUANGZHOU.code, by: 'register' }) })
    .onConflict((on) => on.doNothing())
    .execute()
}

/** A unit of Tianhe unless told otherwise. */
export async function makeUnit(db: Db | Tx, given: With<UnitTable> = {}): Promise<Selectable<UnitTable>> {
  await makeDistricts(db)
  const unit = { name: `天河区第${++serial}办公室`, district: '440106', ...given }
  return db.insertInto('unit').values(unit).returningAll().executeTakeFirstOrThrow()
}

export interface MadeSite extends Selectable<SiteTable> {
  readonly status: Selectable<SiteStateTable>
}

/**
 * A site of Tianhe that is up, judged and healthy, due now. `status` overrides what the monitor knows of it.
 */
export async function makeSite(
  db: Db | Tx,
  given: With<SiteTable> = {},
  status: With<SiteStateTable> = {},
  at = new Date(TUESDAY),
): Promise<MadeSite> {
  const number = ++serial
  const district = given.district ?? '440106'
  const unitId = given.unit_id ?? (await makeUnit(db, { district })).id
  const site = await db
    .insertInto('site')
    .values({
      code: `${district.startsWith('4401-') ? '440100' : district}${String(number).padStart(4, '0')}`,
      name: `天河区第${number}街道办事处`,
      url: `http://site-${number}.localhost/`,
      level: 'street',
      district,
      unit_id: unitId,
      created_at: at,
      ...given,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const row = await db
    .insertInto('site_state')
    .values({ ...healthy(at), site_id: site.id, ...status })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { ...site, status: row }
}

function healthy(at: Date): Omit<Insertable<SiteStateTable>, 'site_id'> {
  return {
    state: 'healthy',
    state_since: at,
    availability: 'up',
    since: at,
    v1: 'ok',
    share: 0,
    v1_at: at,
    v2: 'ok',
    v3: 'ok',
    newest: '2026-03-09',
    fail_streak: 0,
    ok_streak: 20,
    next_visit_at: at,
    last_visit_at: at,
    last_ok_at: at,
    latency_ms: 120,
    read_again: false,
    finding: JSON.stringify(datedFinding('2026-03-09')),
    finding_at: at,
    read_at: at,
    read_by: READER,
  }
}

/** What the reader says of a page whose newest item is of this day. */
export function datedFinding(newest: string): Finding {
  return {
    outcome: 'dated',
    newest,
    evidence: {
      date: newest,
      text: '关于开展检查的通知',
      where: 'list',
      raw: newest,
      form: 'ymd',
      why: 'item_date',
    },
    recent: 1,
    items: [{ date: newest, text: '关于开展检查的通知' }],
    rejected: [],
    encoding: 'utf-8',
    entrance: false,
  }
}

/** An open alert, without its fact. */
export function makeAlert(
  db: Db | Tx,
  given: { site: { id: number } | null; rule?: AlertRule; severity?: Severity } & With<
    Omit<AlertTable, 'site_id'>
  >,
): Promise<Selectable<AlertTable>> {
  const { site, ...rest } = given
  return db
    .insertInto('alert')
    .values({
      site_id: site?.id ?? null,
      rule: 'DOWN',
      severity: 'major',
      status: 'open',
      opened_at: new Date(TUESDAY),
      recurrences: 0,
      version: 1,
      evidence: JSON.stringify({ cause: 'timeout' }),
      ...rest,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}
