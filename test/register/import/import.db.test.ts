import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { factsAfter } from '../../../server/desk/facts/told.ts'
import { claimDueSites } from '../../../server/monitor/schedule/queries.ts'
import { importRegister } from '../../../server/register/import/import.ts'
import { upsertSites } from '../../../server/register/import/upsert.ts'
import { fact } from '../../../shared/city/facts.ts'
import { TUESDAY } from '../../support/clock.ts'
import { count, ctx, fresh, loadIntoNothing, row, states, woken } from './loading.ts'

loadIntoNothing()

/** What the monitor takes with it when it visits each site now. */
async function nextTurns() {
  const now = new Date(ctx.clock.now())
  await fresh.db.updateTable('site_state').set({ next_visit_at: now }).execute()
  const turns = await claimDueSites(fresh.db, { now, limit: 10, defaultIntervalS: 300, demoIntervalS: 300 })
  return turns.sort((a, b) => a.siteId - b.siteId)
}

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
    expect(await nextTurns()).toMatchObject([
      { etag: null, bodyHash: null, asked: true, url: 'https://new.gov.cn/' },
      { etag: '"a"', bodyHash: 'h', asked: false },
    ])
    await fresh.db.updateTable('site_state').set({ etag: '"b"' }).execute()
    expect(await nextTurns()).toMatchObject([{ etag: '"b"', asked: false }, { asked: false }])
  })

  it('holds no row that a visit waits for, whatever it changes', async () => {
    await importRegister(ctx, [row(1), row(2)])
    await fresh.db.transaction().execute(async (tx) => {
      const moved = [row(2), row(1)].map((one) => ({ ...one, url: 'https://new.gov.cn/' }))
      await upsertSites(tx, moved, { demo: false, at: new Date(ctx.clock.now()), by: null })
      const { rows } = await sql<{ held: number }>`
        select count(*)::int as held from site_state
        where pg_current_xact_id()::xid in (xmin, xmax)
      `.execute(tx)
      expect(rows).toEqual([{ held: 0 }])
    })
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
