import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawRound, openRound } from '../../../server/census/rounds/open.ts'
import { listRounds } from '../../../server/census/rounds/queries.ts'
import { closeRound, planRound, voidRound } from '../../../server/census/rounds/service.ts'
import { drawnSites, listRoundSites, listStrata } from '../../../server/census/rounds/sites.ts'
import { todayOf } from '../../../server/census/rounds/today.ts'
import { csvOf } from '../../../shared/base/csv.ts'
import { newRound, type Round } from '../../../shared/census/rounds/rounds.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
const sites: MadeSite[] = []
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  sites.push(await makeSite(fresh.db, { unit_id: people.unitId }))
  for (let n = 0; n < 29; n++) sites.push(await makeSite(fresh.db))
  for (let n = 0; n < 10; n++) sites.push(await makeSite(fresh.db, { district: '440105', level: 'town' }))
  // Closed for good: it is in no round.
  await makeSite(fresh.db, { pause_reason: '永久关停', paused_until: null })
})
afterAll(() => fresh.drop())

const days = { opensOn: '2026-03-10', dueOn: '2026-03-20' }
const plan = (more: object = {}, who: Principal = people.duty) =>
  planRound(ctx, who, newRound.parse({ kind: 'spot', ...days, sample: { share: 0.1 }, ...more }))
const open = (round: Round, who = people.duty) => openRound(ctx, who, round.id, round)
const draw = (round: Round, seed = '20260311') => drawRound(ctx, people.duty, round.id, { ...round, seed })
const list = async ({ id }: Round, who: Principal = people.duty) =>
  (await listRoundSites(ctx.db, who.scope, id, { limit: 1000 })).items

describe('a round is planned', () => {
  it('by the working group, never by the monitor or a district', async () => {
    const planned = await plan()
    expect(planned).toMatchObject({ state: 'planned', standing: 'planned', sites: 0, revision: null })
    expect(planned.number).toMatch(/^CC-2026-\d\d$/)
    for (const who of [people.vendor, people.tianhe, people.owner, people.viewer]) {
      await refused(plan({}, who), 'forbidden')
      await refused(open(planned, who), 'forbidden')
    }
  })
  it('with a number of its own, whoever plans at the same time', async () => {
    const both = await Promise.all([plan(), plan()])
    expect(both[0].number).not.toBe(both[1].number)
  })
  it('in a way that makes sense', async () => {
    await refused(plan({ dueOn: '2026-03-09' }), 'invalid')
    await refused(plan({ sample: undefined }), 'invalid')
    await refused(plan({ kind: 'report' }), 'invalid')
    await refused(plan({ repeats: true }), 'invalid')
    await refused(plan({ edition: 'cn-1999' }), 'not_found')
  })
})

describe('a round that is opened', () => {
  it('publishes the hash of its list before there is a seed, and goes by the edition and the list of then', async () => {
    const opened = await open(await plan())
    expect(opened).toMatchObject({
      state: 'open',
      sites: 40,
      seed: null,
      drawn: null,
      revision: expect.any(Number),
    })
    const lines = sites
      .map(({ code, level, district }) => `${code},${level}/${district}`)
      .sort()
      .join('\n')
    expect(opened.frameHash).toBe(createHash('sha256').update(lines).digest('hex'))
    expect(opened.may).toEqual(['draw', 'void'])
    const one = sites[3]?.id ?? 0
    await fresh.db.updateTable('site').set({ name: '改名后的网站' }).where('id', '=', one).execute()
    const later = (await list(opened)).filter(({ changed }) => changed.length > 0)
    expect(later).toMatchObject([{ siteId: one, name: sites[3]?.name, changed: ['name'] }])
    await fresh.db
      .updateTable('site')
      .set({ name: sites[3]?.name ?? '' })
      .where('id', '=', one)
      .execute()
  })

  it('is told to all, and kept in the audit with its hash', async () => {
    const planned = await plan()
    const [fact] = await ctx.told(() => open(planned))
    expect(fact).toMatchObject({ kind: 'round.opened', data: { number: planned.number, everybody: true } })
    const audit = await fresh.db
      .selectFrom('audit')
      .select('detail')
      .where('action', '=', 'round.opened')
      .where('entity_id', '=', planned.id)
      .executeTakeFirstOrThrow()
    expect(audit.detail).toMatchObject({ frameHash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  it('is opened once: who comes second sees how it is now', async () => {
    const planned = await plan()
    await open(planned)
    const refusal = await refused(open(planned), 'conflict')
    expect(refusal.current).toMatchObject({ state: 'open' })
  })
})

describe('sites are drawn', () => {
  it('in each stratum by rank, once; everybody sees what lies in their own scope', async () => {
    const drawn = await draw(await open(await plan()))
    expect(drawn.seed).toBe('20260311')
    expect(drawn.seedFirst).toBe(false)
    expect(await listStrata(ctx.db, drawn.id)).toEqual([
      { stratum: 'street/440106', sites: 30, chosen: 3, lastRank: 3 },
      { stratum: 'town/440105', sites: 10, chosen: 1, lastRank: 1 },
    ])
    expect(drawn.count).toEqual({ total: 4, done: 0, late: 0, overdue: 0 })
    await refused(draw(drawn), 'conflict')
    expect((await list(drawn)).slice(0, 4).map(({ rank, draw }) => [rank, draw])).toEqual([
      [1, 'chosen'],
      [2, 'chosen'],
      [3, 'chosen'],
      [4, 'reserve'],
    ])
    expect(await list(drawn, people.haizhu)).toHaveLength(10)
    expect(await list(drawn, people.owner)).toMatchObject([{ siteId: sites[0]?.id }])
  })

  it('at once where the seed was given beforehand, which is said', async () => {
    const planned = await plan({ sample: { share: 0.1, strata: ['level', 'district'], seed: '20151101' } })
    expect(planned.seed).toBeNull()
    const opened = await open(planned)
    expect(opened).toMatchObject({ seed: '20151101', seedFirst: true, drawn: { by: { id: people.duty.id } } })
    const ranked = await list(opened)
    const sha = (code: string) => createHash('sha256').update(`20151101|${code}`).digest('hex')
    const hashes = ranked.filter(({ stratum }) => stratum === 'street/440106').map(({ code }) => sha(code))
    expect(hashes).toEqual(hashes.toSorted())
  })

  it('and anybody can repeat it from the published list, by a script that uses nothing of ours', async () => {
    const drawn = await draw(
      await open(await plan({ sample: { share: 0.25, second: 0.5 } })),
      '上证指数 3312.45',
    )
    const rows = await drawnSites(ctx.db, drawn.id)
    const write = async (change: (row: (typeof rows)[number]) => Partial<(typeof rows)[number]>) => {
      const file = join(tmpdir(), `draw-${process.pid}.csv`)
      const lines = rows
        .map((row) => ({ ...row, ...change(row) }))
        .map((row) => [row.code, row.stratum, row.rank, row.draw, row.second ? 1 : 0])
      await writeFile(file, csvOf([['code', 'stratum', 'rank', 'draw', 'second'], ...lines]))
      const args = ['docs/spot-check/repeat-draw.mjs', file, '上证指数 3312.45', '0.25', '0.5']
      return promisify(execFile)(process.execPath, args)
        .then(
          ({ stdout }) => stdout,
          ({ stdout }: { stdout: string }) => stdout,
        )
        .finally(() => rm(file))
    }
    const said = await write(() => ({}))
    expect(said).toContain(`sites 40, list hash ${drawn.frameHash}`)
    expect(said).toContain('identical')
    const [first, last] = [rows[0]?.code ?? '', rows.at(-1)?.code ?? '']
    const tampered = await write(({ code }) =>
      code === first ? { draw: 'rest' } : code === last ? { draw: 'chosen' } : {},
    )
    expect(tampered).toContain(`differs: ${first}`)
    expect(tampered).toContain(`differs: ${last}`)
  })
})

describe('a round ends', () => {
  it('void, with the reason and its draw', async () => {
    const drawn = await draw(await open(await plan()))
    const ended = await voidRound(ctx, people.duty, drawn.id, { ...drawn, reason: '名单漏列一个镇' })
    expect(ended).toMatchObject({
      state: 'void',
      standing: 'ended',
      ended: { note: '名单漏列一个镇' },
      may: [],
    })
    expect((await list(ended)).some(({ draw }) => draw === 'chosen')).toBe(true)
  })
  it('and a spot check not before every chosen site has a result', async () => {
    const drawn = await draw(await open(await plan()))
    await refused(closeRound(ctx, people.duty, drawn.id, drawn), 'conflict')
    await fresh.db
      .updateTable('census_round_site')
      .set({ result: 'passed', points: 4 })
      .where('round_id', '=', drawn.id)
      .where('draw', '=', 'chosen')
      .execute()
    expect(await closeRound(ctx, people.duty, drawn.id, drawn)).toMatchObject({ state: 'closed' })
  })
})

it('late and at risk follow from days, working days of China: the Friday before is one working day ahead of Monday', async () => {
  const round = await open(await plan({ opensOn: '2026-03-10', dueOn: '2026-03-16' }))
  const on = async (at: string) => {
    ctx.clock.set(at)
    const { items } = await listRounds(ctx.db, people.duty, {}, { limit: 100 }, await todayOf(ctx, ctx.db))
    return items.find(({ id }) => id === round.id)?.standing
  }
  expect(await on('2026-03-12T02:00:00Z')).toBe('running')
  expect(await on('2026-03-13T02:00:00Z')).toBe('atRisk')
  expect(await on('2026-03-16T15:59:00Z')).toBe('atRisk')
  expect(await on('2026-03-16T16:00:00Z')).toBe('overdue')
})
