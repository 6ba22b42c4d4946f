import { expect, it } from 'vitest'
import { recordVisits } from '../../server/recording/record.ts'
import { carryOutFilings } from '../../server/register/filings/carry-out.ts'
import { listFilings } from '../../server/register/filings/queries.ts'
import { approveFiling, fileFiling } from '../../server/register/filings/service.ts'
import { addDays, DAY, localDay } from '../../shared/base/time.ts'
import { newFiling } from '../../shared/register/filings/filings.ts'
import { NOTICE_DAYS } from '../../shared/register/filings/filings-rules.ts'
import { makePeople, type People } from '../support/people.ts'
import { ctx, kinds, recordOnASite, site, visited } from './recorded.ts'

recordOnASite()

let people: People | undefined
async function close(): Promise<void> {
  people ??= await makePeople(ctx.db)
  const given = { siteId: site.id, ask: 'closed', from: localDay(ctx.clock.now()), reason: '机构撤并' }
  const { id, version } = await fileFiling(ctx, people.duty, newFiling.parse(given))
  await approveFiling(ctx, people.duty, id, { version, note: '' })
}
const UP = { text: '本网站将关停', on: addDays('2026-03-10', 40) }
const read = (notice: typeof UP | null) => ctx.told(() => recordVisits(ctx, [visited({ notice })]))
async function filing() {
  const { items } = await listFilings(ctx.db, people?.duty ?? never(), { site: site.id }, { limit: 1 })
  return items[0]
}
const never = (): never => {
  throw new Error('nobody is there')
}
async function pass(days: number) {
  ctx.clock.advance(days * DAY)
  return ctx.told(() => carryOutFilings(ctx, ctx.clock.now()))
}
const found = async (notice: 'seen' | 'missing' | 'unmeasured' | 'short') =>
  (await listFilings(ctx.db, people?.duty ?? never(), { site: site.id, notice }, { limit: 1 })).total

it('a notice that stands for its days is told once, and the site goes without a word', async () => {
  await close()
  expect((await filing())?.notice).toMatchObject({ state: 'unmeasured', days: 0, of: NOTICE_DAYS })
  expect(await found('unmeasured')).toBe(1)
  expect(kinds(await read(UP))).toContain('filing.noticeSeen')
  for (let day = 1; day <= NOTICE_DAYS; day++) {
    ctx.clock.advance(DAY)
    expect(kinds(await read(UP))).not.toContain('filing.noticeSeen')
  }
  expect((await filing())?.notice).toMatchObject({ state: 'seen', days: NOTICE_DAYS, ...UP, isShort: false })
  expect(kinds(await pass(1))).not.toContain('filing.shortNotice')
  expect((await filing())?.notice).toMatchObject({ days: NOTICE_DAYS, isShort: false })
})

it('a site that goes with too few days of it is told, on the filing and in the log', async () => {
  await close()
  expect(kinds(await read(null))).toContain('filing.noticeMissing')
  expect(await found('missing')).toBe(1)
  ctx.clock.advance(10 * DAY)
  expect(kinds(await read(UP))).toContain('filing.noticeSeen')
  const facts = await pass(21)
  expect(facts.find(({ kind }) => kind === 'filing.shortNotice')?.data).toMatchObject({ days: 20 })
  expect((await filing())?.notice).toMatchObject({ isShort: true, days: 20 })
  expect([await found('short'), await found('unmeasured')]).toEqual([1, 0])
})

it('of a page that was never read nothing is said, neither that it was there nor that it was not', async () => {
  await close()
  expect(kinds(await ctx.told(() => recordVisits(ctx, [visited({ cause: 'timeout' })])))).not.toContain(
    'filing.noticeMissing',
  )
  expect(kinds(await pass(NOTICE_DAYS + 1))).not.toContain('filing.shortNotice')
  expect((await filing())?.notice).toMatchObject({ state: 'unmeasured', isShort: false })
})
