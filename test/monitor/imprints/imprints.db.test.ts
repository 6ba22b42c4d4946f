import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { runDeep } from '../../../server/census/rounds/deep/run.ts'
import { openRound } from '../../../server/census/rounds/open.ts'
import { planRound } from '../../../server/census/rounds/service.ts'
import { listRoundSites } from '../../../server/census/rounds/sites.ts'
import { differences, differingSites, siteImprint } from '../../../server/monitor/imprints/service.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { editSite } from '../../../server/register/ledger/service.ts'
import { newRound } from '../../../shared/census/rounds/rounds.ts'
import type { Imprint } from '../../../shared/monitor/imprints/imprints-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { siteEdit } from '../../../shared/register/ledger/ledger.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { datedFinding, type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { visitOf } from '../../support/visits/visited.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await fresh.db.deleteFrom('site_imprint').execute()
  const profile = JSON.stringify({ icp: '粤ICP备05000001号', contact1Phone: '020-87654321' })
  site = await makeSite(fresh.db, { unit_id: people.unitId, name: '石牌街', profile })
})

/** The home page is read, and says this of itself. */
async function read(said: Partial<Imprint> = {}, of = site): Promise<void> {
  const imprint: Imprint = {
    ...{ title: '石牌街', codes: [of.code], icp: ['粤ICP备05000009号'], police: [] },
    ...{ units: ['天河区石牌街道办事处'], phones: ['020-87654321'], leadsToContact: false, unseen: null },
    ...said,
  }
  const visit = visitOf(of, ctx.clock.now())
  const page = { items: [], dated: [], columns: [], imprint }
  const result = { ...visit.result, finalUrl: of.url }
  await recordVisits(ctx, [{ ...visit, result, finding: datedFinding('2026-03-10'), page }])
}
const list = async (who: Principal = people.duty, filter = {}) =>
  (await differingSites(ctx, who, filter, { limit: 100 })).items
const outcomes = async () =>
  Object.fromEntries(
    (await siteImprint(ctx, people.duty, site.id)).checks.map(({ check, outcome }) => [check, outcome]),
  )

it('a page that was never read is not measured; one that was is held against the register', async () => {
  expect(await siteImprint(ctx, people.duty, site.id)).toMatchObject({ readAt: null })
  expect(new Set(Object.values(await outcomes()))).toEqual(new Set(['unmeasured']))
  await read()
  expect(await outcomes()).toEqual({
    ...{ code: 'agrees', icp: 'differs', police: 'unmeasured', unit: 'agrees' },
    ...{ contact: 'agrees', name: 'agrees', address: 'agrees' },
  })
})

it('what differs is listed by district until the register says what the page says', async () => {
  await read()
  expect((await list()).map(({ id, checks }) => [id, checks])).toEqual([
    [
      site.id,
      [
        {
          ...{ check: 'icp', outcome: 'differs', reason: null },
          ...{ register: '粤ICP备05000001号', page: '粤ICP备05000009号' },
        },
      ],
    ],
  ])
  expect(await list(people.duty, { check: 'code' })).toEqual([])
  expect(await list(people.duty, { district: '440105' })).toEqual([])
  const tianhe = async () => (await differences(ctx, people.duty)).find((one) => one.district === '440106')
  expect(await tianhe()).toMatchObject({ read: 1, agreeing: 0, checks: { icp: 1, code: 0 } })

  const given = siteEdit.parse({ version: 1, reason: '与首页核对', icp: '粤ICP备05000009号' })
  await editSite(ctx, people.duty, site.id, given)
  expect(await list()).toEqual([])
  expect(await tianhe()).toMatchObject({ read: 1, agreeing: 1, checks: { icp: 0 } })
})

it('another district and another unit see nothing of it', async () => {
  await read()
  expect(await list(people.owner)).toHaveLength(1)
  expect(await list(people.haizhu)).toEqual([])
  expect(await differences(ctx, people.haizhu)).toEqual([])
  await refused(siteImprint(ctx, people.haizhu, site.id), 'not_found')
})

it('a site that is closed or merged is listed no more', async () => {
  await read()
  await fresh.db.updateTable('site').set({ lifecycle: 'closed' }).where('id', '=', site.id).execute()
  expect(await list()).toEqual([])
})

it('a deep monitoring keeps what differed on its day, whatever the register says later', async () => {
  await read()
  const given = newRound.parse({ kind: 'deep', opensOn: '2026-03-10', dueOn: '2026-03-16' })
  const round = await planRound(ctx, people.duty, given)
  await openRound(ctx, people.duty, round.id, round)
  await runDeep(ctx)
  const mend = siteEdit.parse({ version: 1, reason: '与首页核对', icp: '粤ICP备05000009号' })
  await editSite(ctx, people.duty, site.id, mend)
  const { items } = await listRoundSites(ctx.db, people.owner.scope, round.id, { limit: 100 })
  const found = items.find(({ siteId }) => siteId === site.id)?.checks
  expect(found?.filter(({ outcome }) => outcome === 'differs')).toMatchObject([
    { check: 'icp', register: '粤ICP备05000001号', page: '粤ICP备05000009号' },
  ])
})
