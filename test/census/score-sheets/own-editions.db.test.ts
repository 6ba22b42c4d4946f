import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { recordFinding } from '../../../server/census/findings/service.ts'
import { effectRun, reckonEffect, runEffect } from '../../../server/census/score-sheets/effect.ts'
import { keepSheets } from '../../../server/census/score-sheets/keep.ts'
import { siteSheet } from '../../../server/census/score-sheets/service.ts'
import { rulesInForce } from '../../../server/monitor/verdicts/in-force.ts'
import { begin } from '../../../server/register/rule-editions/begin.ts'
import { editionInForce, findEdition } from '../../../server/register/rule-editions/in-force.ts'
import { listEditions } from '../../../server/register/rule-editions/list.ts'
import {
  changeEdition,
  copyEdition,
  discardEdition,
  publishEdition,
  retireEdition,
} from '../../../server/register/rule-editions/service.ts'
import { addDays, localDay } from '../../../shared/base/time.ts'
import type { EditionBody, EditionItem } from '../../../shared/register/rule-editions/editions.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeSite } from '../../support/make.ts'
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
afterEach(async () => {
  ctx.clock.set(TUESDAY)
  await fresh.db.deleteFrom('edition').execute()
  await begin(ctx)
})

const TODAY = localDay(TUESDAY)
const versionOf = ({ own }: EditionItem) => own?.version ?? 0
const copy = (code = 'gz-2026', of = 'cn-2015') => copyEdition(ctx, people.admin, { of, code })
const bodyOf = (code: string) => findEdition(fresh.db, code, { drafts: true })
/** Columns of news that are not updated fail a site at so many. */
const withV3a = (body: EditionBody, atLeast: number): EditionBody => ({
  ...body,
  rules: body.rules.map((rule) =>
    rule.id === 'V3a' ? { ...rule, effect: { form: 'veto', atLeast } } : rule,
  ),
})
async function published(from: string, atLeast = 3): Promise<EditionItem> {
  const draft = await copy()
  const body = withV3a(await bodyOf('gz-2026'), atLeast)
  const changed = await changeEdition(ctx, people.admin, 'gz-2026', { version: versionOf(draft), body })
  return publishEdition(ctx, people.admin, 'gz-2026', {
    version: versionOf(changed),
    from,
    reason: '市里加严',
  })
}

describe('an edition of one’s own', () => {
  it('begins as a copy that nobody else sees and nothing is judged by', async () => {
    expect(await copy()).toMatchObject({
      code: 'gz-2026',
      revision: 1,
      state: 'draft',
      own: { basedOn: 'cn-2015' },
    })
    expect(editionInForce().code).toBe('cn-2015')
    await refused(findEdition(fresh.db, 'gz-2026', {}), 'not_found')
    const seen = await listEditions(fresh.db, TODAY, { drafts: false })
    expect(seen.map(({ code }) => code)).toEqual(['cn-2015', 'cn-2019'])
  })

  it('published from a day on is what everything is judged by from that day, and every screen is told once', async () => {
    const day = addDays(TODAY, 2)
    expect(await published(day)).toMatchObject({ state: 'coming', from: day })
    expect(rulesInForce().v3aVeto).toBe(5)
    ctx.clock.set(Date.parse(`${day}T00:00:30+08:00`))
    const told = await ctx.told(async () => {
      await begin(ctx)
      await begin(ctx)
    })
    expect(told.map(({ kind }) => kind)).toEqual(['register.changed'])
    expect(editionInForce()).toMatchObject({ code: 'gz-2026', revision: 1, from: day })
    expect(rulesInForce().v3aVeto).toBe(3)
  })

  it('stays as it is once it is published: a change is another revision, and the one before goes on until its day', async () => {
    await published(TODAY)
    const body = await bodyOf('gz-2026')
    await refused(changeEdition(ctx, people.admin, 'gz-2026', { version: 3, body }), 'conflict')
    const second = await copy('gz-2026', 'gz-2026')
    expect(second).toMatchObject({ revision: 2, state: 'draft' })
    const from = addDays(TODAY, 7)
    await publishEdition(ctx, people.admin, 'gz-2026', { version: versionOf(second), from, reason: '修订' })
    expect(editionInForce().revision).toBe(1)
    ctx.clock.set(Date.parse(`${from}T08:00:00+08:00`))
    await begin(ctx)
    expect(editionInForce().revision).toBe(2)
  })

  it('taken out of force gives way to what was in force before; sheets of the days before keep it', async () => {
    const site = await makeSite(fresh.db)
    const edition = await published(TODAY)
    ctx.clock.set(TUESDAY + 24 * 3_600_000)
    await retireEdition(ctx, people.admin, 'gz-2026', { version: versionOf(edition), reason: '撤销' })
    expect(editionInForce().code).toBe('cn-2015')
    await keepSheets(ctx, TODAY)
    expect(await siteSheet(ctx, people.duty, site.id, { on: TODAY })).toMatchObject({
      edition: 'gz-2026',
      revision: 1,
    })
    expect(await siteSheet(ctx, people.duty, site.id, {})).toMatchObject({ edition: 'cn-2015' })
  })
})

describe('a revision that has not begun', () => {
  it('is not what one goes by today, nor what is retired by itself; the one in force can be retired beside it', async () => {
    await published(TODAY)
    const second = await copy('gz-2026', 'gz-2026')
    const from = addDays(TODAY, 7)
    await publishEdition(ctx, people.admin, 'gz-2026', { version: versionOf(second), from, reason: '修订' })
    expect(await findEdition(fresh.db, 'gz-2026', { on: TODAY })).toMatchObject({ revision: 1 })
    const first = (await listEditions(fresh.db, TODAY, { drafts: false })).find(
      ({ state }) => state === 'inForce',
    )
    const retired = await retireEdition(ctx, people.admin, 'gz-2026', {
      ...{ version: first?.own?.version ?? 0, revision: 1, reason: '撤销' },
    })
    expect(retired).toMatchObject({ revision: 1, state: 'retired' })
    expect(editionInForce().code).toBe('cn-2015')
  })
})

describe('what persons have found', () => {
  const find = async (rule: string, count: number) => {
    const site = await makeSite(fresh.db)
    const given = { siteId: site.id, rule, count, note: '错别字', target: null, proof: [] }
    await recordFinding(ctx, people.vendor, given)
    return async () => {
      const { lines } = await siteSheet(ctx, people.duty, site.id, {})
      return lines.find((line) => line.rule === rule)
    }
  }

  it('counts on by an edition of the same rules, and after it', async () => {
    const line = await find('S8b', 2)
    const edition = await published(TODAY)
    expect(await line()).toMatchObject({ count: 2, by: 'person' })
    const later = await find('S8b', 1)
    await retireEdition(ctx, people.admin, 'gz-2026', { version: versionOf(edition), reason: '撤销' })
    expect(await later()).toMatchObject({ count: 1, by: 'person' })
  })

  it('by one alone fails no site, however much stricter an edition is', async () => {
    const line = await find('S4d', 30)
    const draft = await copy()
    const body = await bodyOf('gz-2026')
    const rules = body.rules.map((rule) =>
      rule.id === 'S4d' ? { ...rule, effect: { form: 'each' as const, points: 2 } } : rule,
    )
    const changed = await changeEdition(ctx, people.admin, 'gz-2026', {
      version: versionOf(draft),
      body: { ...body, rules },
    })
    await publishEdition(ctx, people.admin, 'gz-2026', {
      version: versionOf(changed),
      from: TODAY,
      reason: '加严',
    })
    expect(await line()).toMatchObject({ by: null, points: 0 })
  })
})

describe('is refused', () => {
  it.each([
    ['V3a', { form: 'veto', atLeast: 0 }, 'editions.contradicts'],
    ['V3a', { form: 'each', points: 1 }, 'editions.otherRules'],
    ['S4d', { form: 'veto', atLeast: 1 }, 'editions.otherRules'],
    ['V2', { form: 'veto', atMost: 5 }, 'editions.otherRules'],
  ] as const)('if %s would be %o', async (id, effect, reason) => {
    const draft = await copy()
    const body = await bodyOf('gz-2026')
    const rules = body.rules.map((rule) => (rule.id === id ? { ...rule, effect } : rule))
    const change = { version: versionOf(draft), body: { ...body, rules } }
    const refusal = await refused(changeEdition(ctx, people.admin, 'gz-2026', change), 'invalid')
    expect(refusal.reason).toBe(reason)
  })

  it('if it asks for more visits than are made', async () => {
    const draft = await copy()
    const body = await bodyOf('gz-2026')
    const home = { ...body.measures.home, minPerDay: 1440 }
    const change = { version: versionOf(draft), body: { ...body, measures: { ...body.measures, home } } }
    await refused(changeEdition(ctx, people.admin, 'gz-2026', change), 'invalid')
  })

  it('the second of two who begin the same at once', async () => {
    const both = await Promise.allSettled([copy(), copy()])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [lost] = both.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]
    expect(lost?.reason).toMatchObject({ code: 'conflict' })
  })

  it('with the place, if it contradicts itself', async () => {
    const draft = await copy()
    const body = await bodyOf('gz-2026')
    const wrong = { ...body, warnings: { ...body.warnings, V1: 50 } }
    const refusal = await refused(
      changeEdition(ctx, people.admin, 'gz-2026', { version: versionOf(draft), body: wrong }),
      'invalid',
    )
    expect(refusal.issues).toMatchObject([
      { path: 'body.warnings.V1', reason: 'editions.fault.warningBeyondVeto' },
    ])
  })

  it('if it has other rules, which alerts and sheets name', async () => {
    const draft = await copy()
    const body = await bodyOf('gz-2026')
    const fewer = { ...body, rules: body.rules.filter(({ id }) => id !== 'S10') }
    const change = { version: versionOf(draft), body: fewer }
    await refused(changeEdition(ctx, people.admin, 'gz-2026', change), 'invalid')
  })

  it('from a day that has passed; under a code of the product’s; twice at once; by an older version', async () => {
    const draft = await copy()
    const version = versionOf(draft)
    const yesterday = { version, from: addDays(TODAY, -1), reason: 'x' }
    await refused(publishEdition(ctx, people.admin, 'gz-2026', yesterday), 'invalid')
    await refused(copy('cn-2015'), 'conflict')
    await refused(copy('gz-2026'), 'conflict')
    await refused(copy('gz-2027', 'nowhere'), 'not_found')
    await refused(discardEdition(ctx, people.admin, 'gz-2026', version + 1), 'conflict')
    await discardEdition(ctx, people.admin, 'gz-2026', version)
    // What was asked of it and is to be reckoned yet is over.
    expect(await runEffect(ctx, 'gz-2026')).toBe(true)
    await refused(bodyOf('gz-2026'), 'not_found')
  })
})

it('beforehand one sees which sites would be judged otherwise', async () => {
  const site = await makeSite(fresh.db)
  const stale = ['要闻', '动态', '快讯', '图片'].map((name) => ({
    ...{
      site_id: site.id,
      name,
      url: `http://a.localhost/${encodeURIComponent(name)}/`,
      class: 'news' as const,
    },
    ...{ home_items: 5, home_dates: JSON.stringify(['2026-01-01']), list_items: 5 },
    list_dates: JSON.stringify(['2026-01-01']),
    ...{ list_read_at: new Date(TUESDAY), seen_at: new Date(TUESDAY) },
  }))
  await fresh.db.insertInto('site_column').values(stale).execute()
  const draft = await copy()
  const body = withV3a(await bodyOf('gz-2026'), 4)
  const changed = await changeEdition(ctx, people.admin, 'gz-2026', { version: versionOf(draft), body })
  await refused(effectRun(ctx, 'gz-2026'), 'not_found')
  const sent: object[] = []
  const jobs = { send: async (_: string, job: object) => void sent.push(job) }
  expect(await reckonEffect(ctx, jobs, 'gz-2026')).toMatchObject({ state: 'running', done: 0, effect: null })
  expect(sent).toEqual([{ code: 'gz-2026' }])
  // It is broken off at once, and gone on with; what is done is not reckoned again.
  expect(await runEffect(ctx, 'gz-2026', -1)).toBe(false)
  expect(await runEffect(ctx, 'gz-2026')).toBe(true)
  const { total, ...run } = await effectRun(ctx, 'gz-2026')
  expect(run).toMatchObject({ state: 'done', done: total })
  const { effect } = run
  expect(effect?.changed).toEqual([
    {
      ...{ siteId: site.id, name: site.name, district: site.district },
      before: { outcome: 'open', points: 17, vetoes: [] },
      after: { outcome: 'vetoed', points: 17, vetoes: ['V3a'] },
    },
  ])
  expect(effect).toMatchObject({ edition: 'gz-2026', inForce: 'cn-2015', others: 0, sites: total })

  // Of a draft that is changed while it is reckoned nothing of before is kept.
  await reckonEffect(ctx, jobs, 'gz-2026')
  const eased = { version: versionOf(changed), body: withV3a(body, 5) }
  await changeEdition(ctx, people.admin, 'gz-2026', eased)
  expect(await runEffect(ctx, 'gz-2026')).toBe(false)
  expect(await runEffect(ctx, 'gz-2026')).toBe(true)
  expect((await effectRun(ctx, 'gz-2026')).effect).toMatchObject({ changed: [], others: 0, sites: total })
})
