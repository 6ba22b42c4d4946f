import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keepPages, preparePage } from '../../../server/monitor/evidence/keep.ts'
import { MAX_PACKED, packPage, unpackPage } from '../../../server/monitor/evidence/pack.ts'
import { listEvidence } from '../../../server/monitor/evidence/queries.ts'
import { shownBy } from '../../../server/monitor/evidence/rules.ts'
import { evidenceDetail, keptPage } from '../../../server/monitor/evidence/service.ts'
import { readPage } from '../../../server/monitor/read/read.ts'
import type { Visited } from '../../../server/monitor/visit/visited.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { DAY, localDay, MINUTE } from '../../../shared/base/time.ts'
import type { Cause } from '../../../shared/monitor/visit/probes.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { readHome } from '../../support/visits/home.ts'
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
  site = await makeSite(ctx.db, { unit_id: people.unitId })
})

const home = (date: string, title = '关于开展检查的通知') =>
  Buffer.from(
    `<html><meta charset="utf-8"><body><h1>街道</h1><ul><li><a href="/1.html">${title}</a><span>${date}</span></li></ul></body></html>`,
  )
const CITY = { kind: 'city' } as const

/** A visit that found this page, as the schedule hands it on; a string is what a firewall answered. */
function visited(page: Buffer | string | null, cause: Cause | null = null): Visited {
  const atMs = ctx.clock.advance(MINUTE)
  const today = localDay(atMs)
  const outcome = typeof page === 'string' ? 'blocked' : cause ? 'failed' : 'ok'
  const finding =
    page && outcome === 'ok' ? readPage({ bytes: Buffer.from(page), kind: 'home', ref: today }) : null
  const shows = shownBy(outcome, finding, today)
  const visit = visitOf(site, atMs, typeof page === 'string' ? 'blocked_firewall' : (cause ?? undefined))
  const carried = page !== null && shows ? { bytes: Buffer.from(page), shows } : null
  return { ...visit, finding, copy: carried }
}
const see = (page: Buffer | string | null, cause?: Cause) => recordVisits(ctx, [visited(page, cause ?? null)])
const list = () => listEvidence(ctx.db, site.id)

describe('pages are kept', () => {
  it('at the first reading, and then only when the verdict changes', async () => {
    await see(home('2026-03-09'))
    await see(home('2026-03-10', '另一条通知'))
    expect(await list(), 'news, but the same verdict').toHaveLength(1)
    await see(home('2026-01-05'))
    await see(null, 'timeout')
    await see(home('2026-03-10'))
    const kept = await list()
    expect(kept.map((one) => [one.shown, one.finding?.newest])).toEqual([
      ['ok', '2026-03-10'],
      ['violated', '2026-01-05'],
      ['ok', '2026-03-09'],
    ])
    expect(kept[1]).toMatchObject({ state: 'dormant', url: site.url, cut: false })
  })

  it('byte by byte, by the hash of their content, once for all who show it', async () => {
    const page = home('2026-03-08', '全市统一的页面')
    await see(page)
    const [mine] = await list()
    site = await makeSite(ctx.db, { unit_id: people.unitId })
    await see(page)
    const [other] = await list()
    expect(mine?.hash).toBe(createHash('sha256').update(page).digest('hex'))
    expect(other?.hash).toBe(mine?.hash)
    const copies = await ctx.db
      .selectFrom('page_copy')
      .select('bytes')
      .where('hash', '=', mine?.hash ?? '')
      .execute()
    expect(copies).toHaveLength(1)
    expect((await unpackPage(copies[0]!.bytes)).equals(page)).toBe(true)
  })

  it('also of a firewall, once it is sure that one stands there', async () => {
    await see(home('2026-03-09'))
    await see('<h1>云防护：您的访问被拦截</h1>')
    expect(await list(), 'once may be an accident').toHaveLength(1)
    await see('<h1>云防护：您的访问被拦截</h1>')
    expect((await list()).map((one) => one.shown)).toEqual(['blocked', 'ok'])
    expect(await keptPage(ctx.db, CITY, (await list())[0]!.id)).toContain('您的访问被拦截')
  })

  it('also when only memory knows that their dates were rewritten, and then as what they are', async () => {
    const carry = async (date: string, spare: boolean) => {
      const bytes = home(date, '关于召开年度安全生产会议的通知')
      const visit = visited(bytes)
      const { seen } = readHome({ bytes, ref: localDay(visit.atMs), url: site.url })
      const copy = visit.copy ? { ...visit.copy, spare } : null
      await recordVisits(ctx, [{ ...visit, copy, page: seen }])
    }
    await carry('2026-02-20', false)
    ctx.clock.advance(20 * DAY)
    await see(home('2026-03-29', '另一条通知'))
    await carry(localDay(ctx.clock.now()), true)
    expect((await list()).map((one) => [one.shown, one.finding?.newest])).toEqual([
      ['violated', '2026-02-20'],
      ['ok', '2026-03-29'],
      ['violated', '2026-02-20'],
    ])
    await carry(localDay(ctx.clock.now()), false)
    expect(await list(), 'it shows the same again').toHaveLength(3)
    ctx.clock.advance(-20 * DAY)
  })

  it('not while the monitor doubts its own line', async () => {
    await recordVisits(ctx, [{ ...visited(home('2026-03-09')), lineInDoubt: true }])
    expect(await list()).toEqual([])
  })

  it('in whole or, of an absurd page, its beginning', async () => {
    const noise = await packPage(randomBytes(3_000_000))
    expect(noise.isCut).toBe(true)
    expect(noise.bytes.length).toBeLessThanOrEqual(MAX_PACKED)
    expect(noise.size).toBe(3_000_000)
  })
})

describe('kept pages are let go', () => {
  it('the oldest first, but never what an alert that still stands is proved by', async () => {
    const keep = async (date: string) => {
      const atMs = ctx.clock.advance(DAY)
      const bytes = home(date, `第${atMs}号`)
      const page = await preparePage({ bytes, shows: 'ok' }, null)
      const one = { siteId: site.id, atMs, state: 'healthy' as const, url: site.url, finding: null, page }
      await ctx.db.transaction().execute((tx) => keepPages(tx, [one], 3))
      return page.hash
    }
    const first = await keep('2026-03-01')
    await makeAlert(ctx.db, { site, rule: 'V2', opened_at: new Date(ctx.clock.now() + MINUTE) })
    const second = await keep('2026-03-02')
    for (const day of ['03', '04', '05', '06']) await keep(`2026-03-${day}`)
    const hashes = (await list()).map((one) => one.hash)
    expect(hashes).toHaveLength(4)
    expect(hashes).toContain(first)
    expect(hashes).not.toContain(second)
    const gone = await ctx.db.selectFrom('page_copy').select('hash').where('hash', '=', second).execute()
    expect(gone).toEqual([])
  })
})

describe('what people get to see', () => {
  it('the page with its proof marked, and what changed since the last copy', async () => {
    await see(home('2026-03-09'))
    await see(home('2026-01-05', '新年贺词'))
    const [now, before] = await list()
    const detail = await evidenceDetail(ctx.db, people.owner.scope, now!.id)
    expect(detail).toMatchObject({
      site: { id: site.id, code: site.code },
      difference: { previousId: before!.id, added: 1, removed: 1 },
    })
    expect(detail.difference?.lines).toContainEqual({ change: 'added', text: '新年贺词 2026-01-05' })
    expect(await keptPage(ctx.db, CITY, now!.id)).toContain('<mark id="siteward-evidence">2026-01-05</mark>')
    expect((await evidenceDetail(ctx.db, CITY, before!.id)).difference).toBeNull()
  })

  it('but not of sites that are not theirs', async () => {
    await see(home('2026-03-09'))
    const [one] = await list()
    await expect(keptPage(ctx.db, people.haizhu.scope, one!.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(evidenceDetail(ctx.db, people.haizhu.scope, one!.id)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
