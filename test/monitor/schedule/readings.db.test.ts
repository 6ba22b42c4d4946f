import { afterEach, describe, expect, it } from 'vitest'
import type { DueSite } from '../../../server/monitor/schedule/queries.ts'
import { storeConfirmed } from '../../../server/monitor/schedule/readings/confirm.ts'
import { type PageToRead, Readings } from '../../../server/monitor/schedule/readings/readings.ts'
import type { Reader } from '../../../server/monitor/visit/reading/reader.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import type { Visited } from '../../../server/monitor/visit/visited.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { Recorder } from '../../../server/recording/recorder.ts'
import { DAY, MINUTE } from '../../../shared/base/time.ts'
import { ctx, kinds, recordOnASite, site, state, visited } from '../../recording/recorded.ts'
import { until } from '../../support/until.ts'

recordOnASite()

const pageOf = (...days: string[]) =>
  Buffer.from(
    `<html><title>某局</title><ul>${days
      .map((day) => `<li><a href="/${day}.html">关于召开会议的通知（${day}）</a><span>${day}</span></li>`)
      .join('')}</ul></html>`,
  )

let readings: Readings
let recorder: Recorder
const confirmed: Visited[] = []
/** Pages are read when it is let. */
let let_: () => void = () => {}

function begin(reader: Reader = slicedReader): void {
  recorder = new Recorder(ctx)
  readings = new Readings({
    ctx,
    reader,
    proberOf: () => ({}) as Prober,
    alone: (_, work) => work(),
    record: (read) => recorder.add(read, () => {}),
    confirm: (same) => void confirmed.push(same),
  })
}
afterEach(async () => {
  let_()
  await readings.stop()
})

function held(): Reader {
  const isLet = new Promise<void>((resolve) => {
    let_ = resolve
  })
  return { ...slicedReader, read: (order) => isLet.then(() => slicedReader.read(order)) }
}

function toRead(body: Buffer, change: Partial<PageToRead> = {}): PageToRead {
  const due: Pick<DueSite, 'kept' | 'isClosing' | 'print'> = { kept: null, isClosing: false, print: null }
  return {
    site: { siteId: site.id, url: site.url, demo: false, isEntrance: false, ...due },
    visited: visited({
      result: { ...visited().result, bodyHash: body.toString('hex').slice(-80, -60), etag: '"1"' },
    }),
    body,
    contentType: 'text/html',
    isAsked: false,
    isFirst: false,
    isForced: false,
    ...change,
  }
}

async function allRead(): Promise<void> {
  await until('all is read', () => readings.waiting === 0)
  await recorder.flush()
}

describe('a page is read after its visit was recorded', () => {
  it('the visit does not wait for it, and what is on the page is known as soon as it is read', async () => {
    begin(held())
    await ctx.db
      .updateTable('site_state')
      .set({ v2: 'violated', state: 'dormant', newest: '2026-02-01' })
      .execute()
    ctx.clock.advance(MINUTE)
    const page = toRead(pageOf('2026-03-10'))
    const told = await ctx.told(async () => {
      await recordVisits(ctx, [page.visited])
      readings.add(page)
    })
    const before = await state()
    expect(before).toMatchObject({ last_visit_at: new Date(page.visited.atMs), etag: null })
    expect(kinds(told).filter((kind) => kind === 'site.changed').length).toBeLessThanOrEqual(1)
    let_()
    await allRead()
    expect(await state()).toMatchObject({
      newest: '2026-03-10',
      v2: 'ok',
      state: 'healthy',
      etag: '"1"',
      body_hash: page.visited.result.bodyHash,
      finding_at: new Date(page.visited.atMs),
      ok_streak: before.ok_streak,
    })
    const visits = await ctx.db.selectFrom('visit').select('at').where('site_id', '=', site.id).execute()
    expect(visits, 'a page is no visit more').toHaveLength(1)
  })

  it('a site that fails meanwhile stays as it is, and its page tells how fresh it was', async () => {
    begin(held())
    const page = toRead(pageOf('2026-03-08'))
    readings.add(page)
    ctx.clock.advance(MINUTE)
    await recordVisits(ctx, [visited({ cause: 'timeout' })])
    const failed = await state()
    let_()
    await allRead()
    expect(await state()).toMatchObject({
      availability: 'suspect',
      fail_streak: failed.fail_streak,
      last_visit_at: failed.last_visit_at,
      status: failed.status,
      newest: '2026-03-08',
    })
  })
})

describe('what waits to be read', () => {
  it('is one page of each site, the newest', async () => {
    begin(held())
    const other = toRead(pageOf('2026-03-01'))
    readings.add({ ...other, site: { ...other.site, siteId: site.id + 1_000_000 } })
    readings.add(toRead(pageOf('2026-03-02')))
    readings.add(toRead(pageOf('2026-03-05')))
    expect(readings.waiting).toBe(2)
    ctx.clock.advance(MINUTE)
    expect(readings.oldestMs).toBe(MINUTE)
    let_()
    await allRead()
    expect((await state()).newest).toBe('2026-03-05')
  })

  it('is read for whoever asked, also where a newer page comes in its place; one that is not is said at the end', async () => {
    begin(held())
    readings.add(toRead(pageOf('2026-03-05')))
    let_()
    await allRead()
    const { page_print: print } = await state()
    begin(held())
    const other = toRead(pageOf('2026-03-01'))
    readings.add({ ...other, site: { ...other.site, siteId: site.id + 1_000_000 } })
    readings.add(toRead(pageOf('2026-03-04'), { isAsked: true }))
    ctx.clock.advance(MINUTE)
    const same = toRead(pageOf('2026-03-05'))
    readings.add({ ...same, site: { ...same.site, print } })
    let_()
    await allRead()
    expect((await state()).finding_at, 'it shows what it showed, and was read').toEqual(
      new Date(same.visited.atMs),
    )
    expect(await readings.stop()).toEqual([])
    begin(held())
    readings.add({ ...same, isAsked: true })
    const stopped = readings.stop()
    let_()
    expect(await stopped).toEqual([site.id])
  })

  it('has an end: what finds no place is counted and stays due, unless somebody asks for it', () => {
    begin(held())
    const page = toRead(pageOf('2026-03-01'))
    const at = (siteId: number) => ({ ...page, site: { ...page.site, siteId } })
    for (let n = 1; readings.room > 0; n++) readings.add(at(-n))
    const { waiting } = readings
    readings.add(at(-99_999_998))
    expect(readings).toMatchObject({ refused: 1, waiting })
    readings.add({ ...at(-99_999_999), isAsked: true })
    expect(readings).toMatchObject({ refused: 1, waiting: waiting + 1 })
  })

  it('has an end also where somebody asks for all pages of a register: what finds no place is asked for still', async () => {
    begin(held())
    const page = toRead(pageOf('2026-03-01'), { isAsked: true })
    let siteId = -1
    for (; readings.refused === 0; siteId--) readings.add({ ...page, site: { ...page.site, siteId } })
    const stopped = readings.stop()
    let_()
    expect(await stopped).toContain(siteId + 1)
  })
})

describe('a page that shows what it showed', () => {
  const told = (change: Partial<PageToRead> & { print?: string | null }) => {
    const page = toRead(pageOf('2026-03-08'), change)
    return { ...page, site: { ...page.site, print: change.print ?? null } }
  }
  it('is not read again, unless it is asked for, and what was found on it stands as of now', async () => {
    begin()
    readings.add(toRead(pageOf('2026-03-08')))
    await allRead()
    const { page_print: print, finding_at } = await state()
    expect(print).not.toBeNull()
    confirmed.length = 0
    ctx.clock.advance(15 * MINUTE)
    readings.add(told({ print }))
    await allRead()
    expect(confirmed).toHaveLength(1)
    expect((await state()).finding_at, 'nothing was read').toEqual(finding_at)
    await storeConfirmed(ctx.db, confirmed)
    expect((await state()).finding_at).toEqual(new Date(ctx.clock.now()))
    ctx.clock.advance(15 * MINUTE)
    readings.add(told({ print, isForced: true }))
    await allRead()
    expect(confirmed).toHaveLength(1)
    expect((await state()).finding_at).toEqual(new Date(ctx.clock.now()))
  })

  it('has the columns on it that it had, and not those that were gone before', async () => {
    const { finding_at } = await state()
    const gone = new Date((finding_at?.getTime() ?? 0) - DAY)
    const column = (url: string, seen_at: Date | null) => ({
      site_id: site.id,
      name: url,
      url,
      seen_at: seen_at ?? gone,
    })
    await ctx.db
      .insertInto('site_column')
      .values([
        { ...column('/here/', finding_at), class: 'other' },
        { ...column('/gone/', gone), class: 'other' },
      ])
      .execute()
    await ctx.db
      .insertInto('message_column')
      .values(
        [column('/letters/', finding_at), column('/none/', gone)].map((row) => ({
          ...row,
          next_visit_at: gone,
        })),
      )
      .execute()
    await ctx.db.updateTable('site_state').set({ goes_with_day: false }).execute()
    ctx.clock.advance(DAY)
    await storeConfirmed(ctx.db, [visited()])
    const now = new Date(ctx.clock.now())
    const seen = (table: 'site_column' | 'message_column') =>
      ctx.db
        .selectFrom(table)
        .select('url')
        .where('site_id', '=', site.id)
        .where('seen_at', '=', now)
        .execute()
    expect(await seen('site_column')).toEqual([{ url: '/here/' }])
    expect(await seen('message_column')).toEqual([{ url: '/letters/' }])
  })

  it('does not stand for another day where it goes with the day', async () => {
    const at = new Date(ctx.clock.now() - DAY)
    await ctx.db.updateTable('site_state').set({ goes_with_day: true, finding_at: at }).execute()
    await storeConfirmed(ctx.db, [visited()])
    expect((await state()).finding_at).toEqual(at)
  })
})

it('a page that cannot be read is set aside, keeps nobody waiting, and is let be for a while', async () => {
  let tries = 0
  begin({
    ...slicedReader,
    read: (order) => {
      tries++
      return order.bytes.length > 0 ? slicedReader.read(order) : Promise.reject(new Error('hangs'))
    },
  })
  readings.add(toRead(Buffer.alloc(0)))
  await until('it was tried', () => readings.waiting === 0)
  const asides = () => ctx.db.selectFrom('set_aside').select(['kind', 'site_id', 'error', 'times']).execute()
  expect(await asides()).toEqual([{ kind: 'reading', site_id: site.id, error: 'hangs', times: 1 }])
  ctx.clock.advance(15 * MINUTE)
  readings.add(toRead(Buffer.alloc(0)))
  expect(tries).toBe(1)
  readings.add(toRead(Buffer.alloc(0), { isAsked: true }))
  await until('it was tried again, since somebody asked', () => readings.waiting === 0)
  expect(await state(), 'the same page is read once more').toMatchObject({
    body_hash: null,
    page_print: null,
  })
  readings.add(toRead(pageOf('2026-03-10'), { isAsked: true }))
  await allRead()
  expect((await state()).newest).toBe('2026-03-10')
})
