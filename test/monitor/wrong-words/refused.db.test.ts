import { afterEach, expect, test } from 'vitest'
import { inspect } from '../../../server/monitor/inspections/crawl/inspector.ts'
import { siteFactsOf } from '../../../server/monitor/inspections/crawl/site-facts.ts'
import { rulesKey } from '../../../server/monitor/inspections/look.ts'
import { decideProblems } from '../../../server/monitor/inspections/service.ts'
import { runSlice } from '../../../server/monitor/links/scan.ts'
import { startScan } from '../../../server/monitor/links/service.ts'
import { HOUR } from '../../../shared/base/time.ts'
import type { ProblemState } from '../../../shared/monitor/inspections/inspections.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { ctx, parts, people, playOnASite, serve, site } from '../links/scans.ts'

playOnASite()
// What was said of the same words in another story.
afterEach(() => ctx.db.deleteFrom('inspection_problem').execute())

const WORDS = '天河区人名政府关于开展政府网站检查工作的通知，请各单位于月底前报送自查情况。'
const etag = '"one"'
/** A page that stays as it is. */
const publish = () =>
  serve({
    '/': (_visit, res) => {
      const isSame = res.req.headers['if-none-match'] === etag
      res.writeHead(isSame ? 304 : 200, { 'content-type': 'text/html; charset=utf-8', etag })
      res.end(
        isSame ? undefined : `<html><head><title>天河区</title></head><body><p>${WORDS}</p></body></html>`,
      )
    },
  })

async function look(): Promise<void> {
  const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
  for (let again: number | null = 0; again !== null; ) {
    ctx.clock.advance(again)
    again = await runSlice(parts({ inspector: { look: inspect, close: async () => {} } }), id, HOUR)
  }
}
const problemOf = (siteId: number) =>
  ctx.db
    .selectFrom('inspection_problem')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('rule', '=', 'wrong-words')
    .executeTakeFirst()
const isThere = async () => (await problemOf(site.id))?.gone_at === null
const decide = async (who: Principal, siteId: number, to: ProblemState) => {
  const one = await problemOf(siteId)
  await decideProblems(ctx, who, {
    problems: [{ id: one?.id ?? 0, version: one?.version ?? 0 }],
    to,
    note: '',
  })
}
/** Another site that has published the same. */
async function alike(change: Partial<Parameters<typeof makeSite>[1]> = {}): Promise<MadeSite> {
  const other = await makeSite(ctx.db, change.district ? change : { unit_id: people.unitId })
  const one = await problemOf(site.id)
  const at = new Date(ctx.clock.now())
  await ctx.db
    .insertInto('inspection_problem')
    .values({
      ...{ site_id: other.id, rule: 'wrong-words', key: one?.key ?? '', url: other.url, excerpt: '' },
      ...{ outline: null, detail: '{}', told: null, first_at: at, last_at: at, gone_at: null },
      ...{ decided_by: null, decided_at: null, note: null, rule_version: 1 },
    })
    .execute()
  return other
}

test('a word that the working group says is right is found nowhere any more, and again once that is taken back', async () => {
  publish()
  await look()
  expect(await isThere()).toBe(true)
  const other = await alike()
  await decide(people.duty, other.id, 'refused')
  await look()
  expect(await isThere()).toBe(false)
  await decide(people.duty, other.id, 'open')
  await look()
  expect(await isThere(), 'on a page that is as it was').toBe(true)
})

test('what a district says holds on its own sites, and on nobody else’s', async () => {
  publish()
  await look()
  const elsewhere = await alike({ district: '440105' })
  await decide(people.haizhu, elsewhere.id, 'refused')
  await look()
  expect(await isThere()).toBe(true)
  const nearby = await alike()
  await decide(people.tianhe, nearby.id, 'refused')
  await look()
  expect(await isThere()).toBe(false)
})

test('what the vendor says holds on the site itself', async () => {
  publish()
  await look()
  const other = await alike()
  await decide(people.vendor, other.id, 'refused')
  await look()
  expect(await isThere()).toBe(true)
  await decide(people.vendor, site.id, 'refused')
  await look()
  expect(await problemOf(site.id)).toMatchObject({ state: 'refused', gone_at: null })
})

test('what is confirmed on a site is not ended by what anybody says of another', async () => {
  publish()
  await look()
  await decide(people.tianhe, site.id, 'confirmed')
  const other = await alike()
  await decide(people.duty, other.id, 'refused')
  await look()
  expect(await problemOf(site.id)).toMatchObject({ state: 'confirmed', gone_at: null })
})

test('pages are looked at again once what is refused is another, by how often as may be', async () => {
  publish()
  await look()
  const [one, two] = [await alike(), await alike()]
  const key = async () => rulesKey('page', (await siteFactsOf(ctx.db, site.id, ctx.clock.now())).given)
  const before = await key()
  await decide(people.tianhe, one.id, 'refused')
  const refused = await key()
  expect(refused).not.toBe(before)
  await decide(people.tianhe, two.id, 'refused')
  expect(await key(), 'the same once more').toBe(refused)
  await decide(people.tianhe, one.id, 'open')
  await decide(people.tianhe, two.id, 'open')
  expect(await key()).toBe(before)
})
