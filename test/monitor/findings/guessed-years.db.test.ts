import { expect, it } from 'vitest'
import { itemKey } from '../../../server/monitor/findings/items.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import { ctx, recordOnASite, site, state, visited } from '../../recording/recorded.ts'
import { TUESDAY } from '../../support/clock.ts'
import { datedFinding } from '../../support/make.ts'

/* What memory makes of an item whose year its page leaves out: the year that was guessed may be another at each reading. */

recordOnASite()

const TEXT = '全区安全生产工作会议在我局召开'

/** The site is read so long after that Tuesday in March 2026. @returns how new it is, and which dates count as rewritten. */
async function see(afterMs: number, date: string, year: 'guessed' | 'written') {
  ctx.clock.set(TUESDAY + afterMs)
  const dated = [{ date, text: TEXT, href: '/a/1.html' }]
  const isGuessed = year === 'guessed' && { isGuessed: true as const }
  const items = dated.map((item) => ({ key: itemKey(item), title: TEXT, date, ...isGuessed }))
  const finding = { ...datedFinding(date), items: dated }
  await recordVisits(ctx, [visited({ finding, page: { items, dated, columns: [] } })])
  const news = await ctx.db
    .selectFrom('site_news')
    .select('rewritten')
    .where('site_id', '=', site.id)
    .executeTakeFirstOrThrow()
  return { newest: (await state()).newest, rewritten: news.rewritten.map((one) => one.date) }
}

it('an item that was guessed to be of last year has the right year once that is read, and is no old one with a new date', async () => {
  await see(0, '2025-03-08', 'guessed')
  expect(await see(HOUR, '2026-03-08', 'guessed')).toEqual({ newest: '2026-03-08', rewritten: [] })
  const moved = await see(20 * DAY, '2026-03-30', 'guessed')
  expect(moved, 'a new date is one all the same').toEqual({ newest: '2026-03-08', rewritten: ['2026-03-30'] })
})

it('also where the template writes the year out later', async () => {
  await see(0, '2025-03-08', 'guessed')
  expect(await see(HOUR, '2026-03-08', 'written')).toEqual({ newest: '2026-03-08', rewritten: [] })
})

it('a list that has stood still for a year is not of this year, and nobody has rewritten it', async () => {
  await see(0, '2026-03-08', 'guessed')
  expect(await see(365 * DAY, '2027-03-08', 'guessed')).toEqual({ newest: '2026-03-08', rewritten: [] })
})

it('an item whose written year is put forward is rewritten', async () => {
  await see(0, '2026-03-08', 'written')
  expect(await see(365 * DAY, '2027-03-08', 'written')).toEqual({
    newest: '2026-03-08',
    rewritten: ['2027-03-08'],
  })
})

it('an item that was seen with its whole date is not of a later year because a guess says so', async () => {
  await see(0, '2024-03-08', 'written')
  expect(await see(HOUR, '2026-03-08', 'guessed')).toEqual({ newest: '2024-03-08', rewritten: [] })
})

/** As it was stored before guesses were told from other dates. */
const asBefore = () => ctx.db.updateTable('site_item').set({ first_guessed: null }).execute()

it('what was remembered for certain before guesses were marked is not of a later year because a guess says so', async () => {
  await see(0, '2019-03-08', 'written')
  await asBefore()
  expect((await see(HOUR, '2026-03-08', 'guessed')).newest).toBe('2019-03-08')
})

it('nor because its written year is put forward', async () => {
  await see(0, '2025-03-08', 'guessed')
  await asBefore()
  expect(await see(HOUR, '2026-03-08', 'written')).toEqual({
    newest: '2025-03-08',
    rewritten: ['2026-03-08'],
  })
})

it('but a written year that is earlier is taken', async () => {
  await see(0, '2026-03-08', 'guessed')
  await asBefore()
  expect((await see(HOUR, '2024-03-08', 'written')).newest).toBe('2024-03-08')
})

it('what an article says of its year is remembered, though it does not open the next time', async () => {
  await see(0, '2026-03-08', 'guessed')
  expect((await see(HOUR, '2024-03-08', 'written')).newest).toBe('2024-03-08')
  expect(await see(2 * HOUR, '2026-03-08', 'guessed')).toEqual({ newest: '2024-03-08', rewritten: [] })
})
