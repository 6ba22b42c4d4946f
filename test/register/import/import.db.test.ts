import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { after } from '../../../server/app/after.ts'
import { parseConfig } from '../../../server/base/config.ts'
import type { Context } from '../../../server/base/context.ts'
import { ensureDemoUsers } from '../../../server/demo/accounts.ts'
import { demoRegister } from '../../../server/demo/cast/register.ts'
import { ensureDemoDuty } from '../../../server/demo/duty.ts'
import { loadDemoRegister } from '../../../server/demo/register.ts'
import { factsAfter } from '../../../server/desk/facts/told.ts'
import { ensureAdministrator } from '../../../server/people/accounts/administrator.ts'
import { createApiToken } from '../../../server/people/rights/tokens.ts'
import { createWallLink } from '../../../server/people/rights/wall-links.ts'
import { importRegister, type RegisterRow } from '../../../server/register/import/import.ts'
import { fact } from '../../../shared/city/facts.ts'
import { TUESDAY, testClock } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeAlert } from '../../support/make.ts'

let fresh: FreshDatabase
let ctx: Context
let woken: number
beforeAll(async () => {
  fresh = await freshDatabase()
  // Each story begins with an empty audit.
  await sql`alter table audit disable trigger audit_only_grows`.execute(fresh.db)
})
afterAll(() => fresh.drop())

beforeEach(async () => {
  await sql`truncate district, setting, audit, fact restart identity cascade`.execute(fresh.db)
  await fresh.db.updateTable('fact_counter').set({ seq: 0 }).execute()
  woken = 0
  ctx = {
    config: parseConfig({}, []),
    db: fresh.db,
    clock: testClock(),
    log: pino({ level: 'silent' }),
    wake: () => void woken++,
    recheck: () => {},
    after,
  }
})

function row(number: number, given: Partial<RegisterRow> = {}): RegisterRow {
  return {
    code: `440106${String(number).padStart(4, '0')}`,
    name: `天河区第${number}局`,
    url: `http://site-${number}.gov.cn/`,
    level: 'district_department',
    district: '440106',
    division: '440106',
    unit: `第${number}局`,
    platform: null,
    intervalS: null,
    ...given,
  }
}
const count = async (table: 'site' | 'unit' | 'fact' | 'user_account' | 'site_state' | 'alert') =>
  (
    await fresh.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n
const states = () => fresh.db.selectFrom('site_state').selectAll().orderBy('next_visit_at').execute()

describe('loading a register', () => {
  it('adds its sites with nothing known of them, and tells everybody once', async () => {
    expect(await importRegister(ctx, [row(1), row(2)])).toEqual({
      added: 2,
      changed: 0,
      unchanged: 0,
      demoRemoved: 0,
    })
    expect(await states()).toMatchObject([
      { state: 'unknown', availability: 'unknown', v1: 'insufficient', v2: 'insufficient' },
      { state: 'unknown' },
    ])
    const facts = await factsAfter(fresh.db, 0, 10)
    expect(facts).toMatchObject([{ seq: 1, kind: 'register.changed', data: { added: 2, changed: 0 } }])
    expect(fact.parse(facts[0])).toEqual(facts[0])
    expect(woken).toBe(1)
  })

  it('spreads the first visits evenly over an interval, so that no minute has them all', async () => {
    await importRegister(
      ctx,
      Array.from({ length: 60 }, (_, number) => row(number)),
    )
    const due = (await states()).map(({ next_visit_at }) => (next_visit_at.getTime() - TUESDAY) / 1000)
    expect(due).toEqual(Array.from({ length: 60 }, (_, index) => index * 5))
  })

  it('changes nothing the second time, and says so in the audit', async () => {
    await importRegister(ctx, [row(1), row(2)])
    const before = await fresh.db.selectFrom('site').selectAll().orderBy('id').execute()
    expect(await importRegister(ctx, [row(1), row(2)])).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
    expect(await fresh.db.selectFrom('site').selectAll().orderBy('id').execute()).toEqual(before)
    expect([await count('fact'), await count('unit')]).toEqual([1, 2])
    const audit = await fresh.db.selectFrom('audit').select(['action', 'detail']).orderBy('id').execute()
    expect(audit).toMatchObject([
      { action: 'register.imported', detail: { added: 2 } },
      { action: 'register.imported', detail: { unchanged: 2 } },
    ])
  })

  it('changes what differs, adds what is new, and leaves what the file does not name', async () => {
    await importRegister(ctx, [row(1), row(2), row(3)])
    const renamed = row(2, { name: '天河区教育局', unit: '教育局', platform: '天河云', intervalS: 60 })
    expect(await importRegister(ctx, [row(1), renamed, row(4)])).toMatchObject({
      added: 1,
      changed: 1,
      unchanged: 1,
    })
    const sites = await fresh.db.selectFrom('site').selectAll().orderBy('code').execute()
    expect(sites.map(({ name }) => name)).toEqual([
      '天河区第1局',
      '天河区教育局',
      '天河区第3局',
      '天河区第4局',
    ])
    expect(sites[1]).toMatchObject({ platform: '天河云', interval_s: 60 })
  })

  it('forgets the old address when a site moves, and only then', async () => {
    await importRegister(ctx, [row(1), row(2)])
    await fresh.db.updateTable('site_state').set({ etag: '"a"', body_hash: 'h', state: 'healthy' }).execute()
    await importRegister(ctx, [row(1, { url: 'https://new.gov.cn/' }), row(2, { name: '改名' })])
    const rows = await fresh.db.selectFrom('site_state').selectAll().orderBy('site_id').execute()
    expect(rows).toMatchObject([
      { etag: null, body_hash: null, read_again: true, state: 'healthy' },
      { etag: '"a"', body_hash: 'h', read_again: false },
    ])
  })

  it('is all or nothing', async () => {
    const broken = row(2, { district: '999999' })
    await expect(importRegister(ctx, [row(1), broken])).rejects.toThrow()
    expect([await count('site'), await count('fact')]).toEqual([0, 0])
    expect(woken).toBe(0)
  })

  it('twice at the same time adds each site once', async () => {
    const rows = Array.from({ length: 50 }, (_, number) => row(number))
    const results = await Promise.all([importRegister(ctx, rows), importRegister(ctx, rows)])
    expect(results.map(({ added }) => added).sort()).toEqual([0, 50])
    expect(await count('site')).toBe(50)
  })
})

describe('the demo', () => {
  it('has its 640 sites at the ports of the fleet, and moves with them', async () => {
    expect(await loadDemoRegister(ctx, { http: 8001, https: 8002 })).toEqual({ added: 640, changed: 0 })
    expect(await loadDemoRegister(ctx, { http: 8001, https: 8002 })).toEqual({ added: 0, changed: 0 })
    expect(await loadDemoRegister(ctx, { http: 9001, https: 9002 })).toEqual({ added: 0, changed: 640 })
    const { host, scheme, code } = demoRegister()[0]!
    const site = await fresh.db
      .selectFrom('site')
      .selectAll()
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
    expect(site).toMatchObject({ url: `${scheme}://${host}:${scheme === 'http' ? 9001 : 9002}/`, demo: true })
    const setting = await fresh.db.selectFrom('setting').selectAll().where('key', '=', 'demo').execute()
    expect(setting).toEqual([{ key: 'demo', value: true }])
  })

  it('goes when a real register comes: sites, history, alerts, sign-ins and what they made', async () => {
    await loadDemoRegister(ctx, { http: 8001, https: 8002 })
    await ensureDemoUsers(ctx)
    const duty = await fresh.db
      .selectFrom('user_account')
      .select('id')
      .where('username', '=', 'duty')
      .executeTakeFirstOrThrow()
    const user = { id: duty.id, name: '王敏', scope: { kind: 'city' as const } }
    await createWallLink(ctx, user, '指挥大厅')
    await createApiToken(ctx, user, { label: 'test', readOnly: true, expiresAt: null })
    const site = await fresh.db.selectFrom('site').select('id').limit(1).executeTakeFirstOrThrow()
    await makeAlert(fresh.db, { site, acknowledged_by: duty.id, assignee_id: duty.id })
    await makeAlert(fresh.db, { site: null, rule: 'LINE' })

    expect(await importRegister(ctx, [row(1)])).toMatchObject({ added: 1, demoRemoved: 640 })
    expect(await fresh.db.selectFrom('site').select(['code', 'demo']).execute()).toEqual([
      { code: '4401060001', demo: false },
    ])
    expect([await count('alert'), await count('user_account'), await count('unit')]).toEqual([0, 0, 1])
    expect(await fresh.db.selectFrom('setting').select('key').where('key', '=', 'demo').execute()).toEqual([])
    const facts = await factsAfter(fresh.db, 0, 10)
    expect(facts.map(({ seq, kind }) => [seq, kind])).toEqual([[2, 'register.changed']])
    expect(await ensureAdministrator(ctx)).toMatchObject({ username: 'admin' })
  })

  it('goes with everything that people have made of it, and leaves what is theirs', async () => {
    await loadDemoRegister(ctx, { http: 8001, https: 8002 })
    await ensureDemoUsers(ctx)
    await ensureDemoDuty(ctx)
    const { db } = fresh
    const at = new Date(ctx.clock.now())
    const site = await db.selectFrom('site').select(['id', 'unit_id']).limit(1).executeTakeFirstOrThrow()
    const [by, other] = await db.selectFrom('user_account').select('id').orderBy('id').limit(2).execute()
    const admin = await db
      .insertInto('user_account')
      .values({
        username: 'chen',
        name: '陈浩',
        role: 'admin',
        district: null,
        unit_id: null,
        password_hash: '',
        must_change_password: false,
        demo: false,
        created_at: at,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await createApiToken(
      ctx,
      { id: admin.id, name: '陈浩', scope: { kind: 'city' } },
      { label: 'one unit', readOnly: true, scope: { kind: 'unit', unitId: site.unit_id }, expiresAt: null },
    )
    await sql`
      with incident as (
        insert into incident (kind, key, opened_at, changed_at) values ('platform', 'A', ${at}, ${at}) returning id
      ), alert as (
        insert into alert (site_id, rule, severity, status, opened_at, evidence, incident_id, assigned_unit_id, forgotten_by)
        select ${site.id}, 'DOWN', 'major', 'open', ${at}, '{}', id, ${site.unit_id}, ${by?.id} from incident returning id
      )
      insert into alert_mention (alert_id, user_id, by_id, at) select id, ${by?.id}, ${other?.id}, ${at} from alert
    `.execute(db)
    await sql`
      with content as (insert into file_content (hash, size, bytes) values ('x', 1, 'x') returning hash),
      rectification as (
        insert into rectification (site_id, unit_id, stage, raised_by, raised_at, due_on, due_workdays)
        values (${site.id}, ${site.unit_id}, 'raised', ${by?.id}, ${at}, '2026-03-20', 8) returning id
      )
      insert into rectification_file (rectification_id, name, type, hash, uploaded_by, uploaded_at)
      select id, 'x.pdf', 'application/pdf', hash, ${by?.id}, ${at} from rectification, content
    `.execute(db)
    await sql`insert into duty_handover (author_id, at, text) values (${by?.id}, ${at}, 'x')`.execute(db)
    await sql`insert into recovery_code (user_id, code_hash) values (${by?.id}, 'x')`.execute(db)
    await sql`
      insert into calendar_year (year, version, off, worked, source, loaded_by, loaded_at)
      values (2027, 1, '[]', '[]', 'form', ${by?.id}, ${at}), (2028, 1, '[]', '[]', 'form', ${admin.id}, ${at})
    `.execute(db)
    await sql`
      insert into saved_view (owner_id, name, query, shared, created_at) values (${by?.id}, 'x', '{}', true, ${at})
    `.execute(db)

    expect(await importRegister(ctx, [row(1)])).toMatchObject({ added: 1, demoRemoved: 640 })
    const left = await sql<Record<string, number>>`
      select (select count(*)::int from incident) as incidents, (select count(*)::int from file_content) as files,
        (select count(*)::int from duty_shift) as turns, (select count(*)::int from saved_view) as views,
        (select count(*)::int from user_account) as people, (select count(*)::int from api_token) as tokens,
        (select count(*)::int from calendar_year) as years
    `.execute(db)
    expect(left.rows).toEqual([
      { incidents: 0, files: 0, turns: 0, views: 0, people: 1, tokens: 1, years: 1 },
    ])
  })

  it('goes although it is running: what is being stored of it is waited for, and goes as well', async () => {
    await loadDemoRegister(ctx, { http: 8001, https: 8002 })
    const [first, second] = await fresh.db.selectFrom('site').select('id').orderBy('id').limit(2).execute()
    let commit = () => {}
    const stored = new Promise<void>((resolve) => {
      commit = resolve
    })
    let begin = () => {}
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const monitor = fresh.db.transaction().execute(async (tx) => {
      await makeAlert(tx, { site: first ?? null })
      await tx
        .updateTable('site_state')
        .set({ state: 'down' })
        .where('site_id', '=', second?.id ?? 0)
        .execute()
      begin()
      await stored
      await makeAlert(tx, { site: second ?? null })
    })
    await begun
    const imported = importRegister(ctx, [row(1)])
    setTimeout(commit, 300)
    await monitor
    expect(await imported).toMatchObject({ added: 1, demoRemoved: 640 })
    expect([await count('alert'), await count('site')]).toEqual([0, 1])
  })

  it('never comes back beside real sites', async () => {
    await importRegister(ctx, [row(1)])
    await expect(loadDemoRegister(ctx, { http: 8001, https: 8002 })).rejects.toThrow(/holds a real register/)
  })
})

it('loads 100,000 sites, and again without a change', async () => {
  const rows = Array.from({ length: 100_000 }, (_, number) =>
    row(0, {
      code: String(4401060000 + number),
      url: `http://site-${number}.gov.cn/`,
      unit: `第${number % 9_000}单位`,
      platform: number % 3 ? `平台${number % 300}` : null,
    }),
  )
  expect(await importRegister(ctx, rows)).toMatchObject({ added: 100_000 })
  expect(await importRegister(ctx, rows)).toMatchObject({ added: 0, changed: 0, unchanged: 100_000 })
  expect(await count('site_state')).toBe(100_000)
}, 120_000)
