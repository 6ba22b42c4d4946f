import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { ensureDemoUsers } from '../../../server/demo/accounts.ts'
import { demoRegister } from '../../../server/demo/cast/register.ts'
import { ensureDemoDuty } from '../../../server/demo/duty.ts'
import { loadDemoRegister } from '../../../server/demo/register.ts'
import { factsAfter } from '../../../server/desk/facts/told.ts'
import { ensureAdministrator } from '../../../server/people/accounts/administrator.ts'
import { createApiToken } from '../../../server/people/rights/tokens.ts'
import { createWallLink } from '../../../server/people/rights/wall-links.ts'
import { importRegister } from '../../../server/register/import/import.ts'
import { makeAlert } from '../../support/make.ts'
import { patient } from '../../support/run/patience.ts'
import { count, ctx, fresh, loadIntoNothing, row } from './loading.ts'

loadIntoNothing()

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
      insert into saved_view (owner_id, list, name, query, shared, created_at) values (${by?.id}, 'alerts', 'x', '{}', true, ${at})
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

/** More than a statement has parameters for; how long five times as many take is measured by `npm run bench`. */
const MANY = 20_000

it('loads twenty thousand sites, and again without a change', { timeout: patient(60_000) }, async () => {
  const rows = Array.from({ length: MANY }, (_, number) =>
    row(0, {
      code: String(4401060000 + number),
      url: `http://site-${number}.gov.cn/`,
      unit: `第${number % 9_000}单位`,
      platform: number % 3 ? `平台${number % 300}` : null,
    }),
  )
  expect(await importRegister(ctx, rows)).toMatchObject({ added: MANY })
  expect(await importRegister(ctx, rows)).toMatchObject({ added: 0, changed: 0, unchanged: MANY })
  expect(await count('site_state')).toBe(MANY)
})
