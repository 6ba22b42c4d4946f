import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { followAlerts } from '../../../server/desk/alerts/follow.ts'
import { listRectifications } from '../../../server/desk/rectifications/queries.ts'
import { raiseMany } from '../../../server/desk/rectifications/raise/raise-many.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { followRectifications, followRelapses } from '../../../server/desk/rectifications/verify.ts'
import { DAY } from '../../../shared/base/time.ts'
import type { RaiseManyInput } from '../../../shared/desk/rectifications/rectifications.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

const byHand = (siteIds: number[], more: Partial<Extract<RaiseManyInput, { siteIds: number[] }>> = {}) =>
  ({
    source: 'circular',
    siteIds,
    rule: 'OTHER',
    problem: '首页出现错别字',
    reference: '穗府网查〔2026〕7号',
    dueWorkdays: 5,
    ...more,
  }) as const
const listed = async (filter: Partial<Parameters<typeof listRectifications>[2]>) => {
  const page = await listRectifications(
    ctx.db,
    { kind: 'city' },
    { stage: 'open', now: ctx.clock.now(), ...filter },
    { limit: 100 },
  )
  return page.items.map(({ id }) => id)
}

describe('by hand', () => {
  test('a circular about two sites: one rectification for each unit, and both are one batch', async () => {
    const sites = [await makeSite(ctx.db), await makeSite(ctx.db)]
    const input = byHand(sites.map(({ id }) => id))
    const facts = await ctx.told(() => raiseMany(ctx, people.duty, input))
    expect(facts.map(({ kind }) => kind)).toEqual(['rectification.raised', 'rectification.raised'])
    const ids = await listed({ source: 'circular' })
    expect(ids, 'found by their source').toHaveLength(2)
    expect(await listed({ batchId: Math.min(...ids) }), 'and by their batch').toEqual(ids)
    expect(facts[0]).toMatchObject({
      data: {
        text: '首页出现错别字',
        rectification: {
          source: 'circular',
          rules: ['OTHER'],
          reference: '穗府网查〔2026〕7号',
          alertIds: [],
          unitId: sites[0]?.unit_id,
          dueOn: '2026-03-17',
        },
      },
    })
  })

  test('a second one about the same is not raised, and said so', async () => {
    const [one, two] = [await makeSite(ctx.db), await makeSite(ctx.db)]
    const first = await raiseMany(ctx, people.duty, byHand([one.id]))
    expect(first.batchId, 'one alone is no batch').toBeNull()
    const both = await raiseMany(ctx, people.duty, byHand([one.id, two.id]))
    expect(both.items.map(({ siteId }) => siteId)).toEqual([two.id])
    expect(both.refused).toMatchObject([{ siteId: one.id, said: { reason: 'rectifications.already' } }])
    await refused(raiseMany(ctx, people.duty, byHand([one.id])), 'conflict')
    expect((await raiseMany(ctx, people.duty, byHand([one.id], { rule: 'V2' }))).items).toHaveLength(1)
  })

  test('two people at once: each site has one rectification', async () => {
    const site = await makeSite(ctx.db)
    const outcomes = await Promise.allSettled([
      raiseMany(ctx, people.duty, byHand([site.id])),
      raiseMany(ctx, people.colleague, byHand([site.id])),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('is for those who may, on what they may see', async () => {
    const site = await makeSite(ctx.db, { unit_id: people.unitId })
    await refused(raiseMany(ctx, people.haizhu, byHand([site.id])), 'not_found')
    await refused(raiseMany(ctx, people.owner, byHand([site.id])), 'forbidden')
    await refused(raiseMany(ctx, people.duty, byHand([site.id, 999_999])), 'not_found')
  })
})

test('an incident: a rectification for each of its sites that is still down, none twice', async () => {
  const at = new Date(ctx.clock.now())
  const incident = await ctx.db
    .insertInto('incident')
    .values({ kind: 'platform', key: '云平台', opened_at: at, changed_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  const sites = [await makeSite(ctx.db), await makeSite(ctx.db), await makeSite(ctx.db)]
  const alerts: { id: number }[] = []
  for (const site of sites) {
    const over = alerts.length === 2 ? ({ status: 'resolved', resolved_at: at } as const) : {}
    alerts.push(await makeAlert(ctx.db, { site, incident_id: incident.id, ...over }))
  }
  const input = { source: 'incident', incidentId: incident.id, dueWorkdays: 10 } as const
  const { items, batchId } = await raiseMany(ctx, people.duty, input)
  expect(items).toMatchObject(
    sites.slice(0, 2).map((site, i) => ({
      siteId: site.id,
      unitId: site.unit_id,
      source: 'incident',
      incidentId: incident.id,
      batchId,
      rules: ['DOWN'],
      alertIds: [alerts[i]?.id],
    })),
  )
  await refused(raiseMany(ctx, people.duty, input), 'conflict')
  await refused(raiseMany(ctx, people.haizhu, input), 'not_found')
})

describe('what is fixed by hand', () => {
  test('and only a person can check is confirmed by one; the monitor keeps away', async () => {
    const site = await makeSite(ctx.db, { unit_id: people.unitId })
    const [rectification] = (await raiseMany(ctx, people.duty, byHand([site.id]))).items
    if (!rectification) throw new Error('no rectification')
    const submitted = await takeStep(ctx, people.owner, rectification, { step: 'submit', note: '已改正' })
    expect(submitted.verification).toBeNull()
    const now = ctx.clock.advance(1000)
    const visit = { siteId: site.id, atMs: now, readAgain: true, good: true, cause: null, extra: false }
    const judged = { down: false, v1: 'ok', v2: 'ok', v3: 'ok', share: 0, newest: '2026-03-09' } as const
    const facts = await ctx.db
      .transaction()
      .execute((tx) => followRectifications(tx, [{ ...visit, ...judged }], now, ctx.config))
    expect(facts, 'a good visit proves nothing about a typo').toEqual([])
    await refused(takeStep(ctx, people.owner, submitted, { step: 'confirm', note: '好了' }), 'forbidden')
    expect(await takeStep(ctx, people.tianhe, submitted, { step: 'confirm', note: '已核查' })).toMatchObject({
      stage: 'closed',
      overridden: false,
    })
  })

  test('and the monitor can measure is not confirmed but measured, and relapses like any other', async () => {
    const site = await makeSite(ctx.db, { unit_id: people.unitId })
    const [rectification] = (await raiseMany(ctx, people.duty, byHand([site.id], { rule: 'V2' }))).items
    if (!rectification) throw new Error('no rectification')
    const submitted = await takeStep(ctx, people.owner, rectification, { step: 'submit' })
    const refusal = await refused(
      takeStep(ctx, people.duty, submitted, { step: 'confirm', note: '好了' }),
      'conflict',
    )
    expect(refusal.message, 'and is told what may follow').toContain('可以退回、人工办结')
    const now = ctx.clock.advance(1000)
    const visit = { siteId: site.id, atMs: now, readAgain: true, good: true, cause: null, extra: false }
    const judged = { down: false, v1: 'ok', v2: 'ok', v3: 'ok', share: 0, newest: '2026-03-09' } as const
    await ctx.db
      .transaction()
      .execute((tx) => followRectifications(tx, [{ ...visit, ...judged }], now, ctx.config))
    ctx.clock.advance(3 * DAY)
    const kinds = await ctx.db.transaction().execute(async (tx) => {
      const at = ctx.clock.now()
      const change = { siteId: site.id, rule: 'V2', wanted: 'critical', evidence: {} } as const
      const opened = await followAlerts(tx, [change], at)
      const relapsed = await followRelapses(tx, opened, at)
      await appendFacts(tx, [...opened, ...relapsed])
      return relapsed.map(({ kind }) => kind)
    })
    expect(kinds).toEqual(['rectification.relapsed'])
    expect(await listed({ relapsed: true })).toContain(rectification.id)
  })
})
