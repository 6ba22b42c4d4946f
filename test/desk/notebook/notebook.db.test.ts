import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { listFacts } from '../../../server/city/facts/queries.ts'
import { factOf } from '../../../server/desk/alerts/facts.ts'
import { alertsById } from '../../../server/desk/alerts/queries.ts'
import { commandAlert, commentAlert } from '../../../server/desk/alerts/service.ts'
import { handOver } from '../../../server/desk/duty/service.ts'
import { keepPicture, pictureOfNote } from '../../../server/desk/notebook/pictures.ts'
import { writeNote } from '../../../server/desk/notebook/service.ts'
import { demoScreenshot } from '../../../server/people/files/demo-picture.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { NewNote } from '../../../shared/desk/notebook/notebook.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let siteId: number
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  siteId = (await makeSite(fresh.db, { unit_id: people.unitId })).id
})
afterAll(() => fresh.drop())

const TEXT = '已电话联系，对方称今晚更换电源'
const write = (who: Principal, about: NewNote['about'], more: Partial<NewNote> = {}) =>
  writeNote(ctx, who, { about, text: TEXT, ...more })
const log = async (who: Principal, more: object = {}) =>
  (await listFacts(fresh.db, who.scope, { people: true, limit: 50, ...more })).map(({ kind }) => kind)

describe('a note', () => {
  it('is about a site, a unit, a district or the whole, with the moment of the screen', async () => {
    const moment = new Date(ctx.clock.now() - 3 * HOUR).toISOString()
    const [onSite] = await ctx.told(() => write(people.duty, { kind: 'site', id: siteId }, { moment }))
    expect(onSite).toMatchObject({
      kind: 'note.written',
      siteId,
      district: '440106',
      actor: { id: people.duty.id },
      data: { text: TEXT, moment, about: { kind: 'site', id: siteId } },
    })
    const [onUnit] = await ctx.told(() => write(people.tianhe, { kind: 'unit', id: people.unitId }))
    expect(onUnit).toMatchObject({ siteId: null, district: '440106', data: { about: { id: people.unitId } } })
    const [onDistrict] = await ctx.told(() => write(people.tianhe, { kind: 'district', code: '440106' }))
    expect(onDistrict).toMatchObject({ district: '440106', data: { about: { kind: 'district', id: null } } })
    const [onAll] = await ctx.told(() => write(people.duty, { kind: 'city' }))
    expect(onAll).toMatchObject({ district: null, data: { about: { kind: 'city', name: null } } })
  })

  it('is of no moment that is yet to come', async () => {
    const moment = new Date(ctx.clock.now() + HOUR).toISOString()
    const [fact] = await ctx.told(() => write(people.duty, { kind: 'city' }, { moment }))
    expect(fact?.data).toMatchObject({ moment: new Date(ctx.clock.now()).toISOString() })
  })

  it('is written by who keeps a desk, about what is theirs', async () => {
    const roles = ['admin', 'duty', 'tianhe', 'owner', 'vendor', 'viewer'] as const
    expect(roles.filter((key) => may(people[key], 'note.write'))).toEqual([
      'admin',
      'duty',
      'tianhe',
      'vendor',
    ])
    await refused(write(people.haizhu, { kind: 'site', id: siteId }), 'not_found')
    await refused(write(people.tianhe, { kind: 'city' }), 'not_found')
    await refused(write(people.duty, { kind: 'site', id: 999_999 }), 'not_found')
    await refused(write(people.owner, { kind: 'site', id: siteId }), 'forbidden')
  })
})

describe('a picture of the screen', () => {
  const send = (who: Principal, bytes = demoScreenshot()) => keepPicture(ctx, who, bytes)
  const see = (who: Principal, id: number) => pictureOfNote(fresh.db, who, id)

  it('goes with a note, and is seen by whoever reads the note', async () => {
    const picture = await send(people.duty)
    await refused(see(people.tianhe, picture), 'not_found')
    const [fact] = await ctx.told(() => write(people.duty, { kind: 'site', id: siteId }, { picture }))
    expect(fact?.data).toMatchObject({ text: TEXT, picture })
    expect(await see(people.tianhe, picture)).toMatchObject({ type: 'image/png', bytes: demoScreenshot() })
    await refused(see(people.haizhu, picture), 'not_found')
    await refused(see(people.owner, picture), 'not_found')
  })

  it('is with one note only, and with none of somebody else', async () => {
    const picture = await send(people.duty)
    await refused(write(people.tianhe, { kind: 'site', id: siteId }, { picture }), 'not_found')
    await write(people.duty, { kind: 'city' }, { picture })
    await refused(write(people.duty, { kind: 'city' }, { picture }), 'conflict')
  })

  it('is refused when it is none', async () => {
    await refused(send(people.duty, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), 'invalid')
    await refused(send(people.duty, Buffer.alloc(0)), 'invalid')
  })

  it('whose note was never written goes after a day', async () => {
    const picture = await send(people.duty)
    ctx.clock.advance(25 * HOUR)
    await send(people.duty)
    await refused(see(people.duty, picture), 'not_found')
  })
})

describe('the log of a shift', () => {
  it('writes itself: steps, comments and notes of people, and nothing that the monitor did', async () => {
    ctx.clock.advance(HOUR)
    const from = new Date(ctx.clock.now()).toISOString()
    const { id, version } = await makeAlert(fresh.db, { site: { id: siteId } })
    await commandAlert(ctx, people.duty, { id, version }, { action: 'acknowledge' })
    await commentAlert(ctx, people.duty, id, { text: TEXT })
    await write(people.duty, { kind: 'city' })
    await write(people.tianhe, { kind: 'district', code: '440106' })
    ctx.clock.advance(MINUTE)
    const to = new Date(ctx.clock.now()).toISOString()
    await write(people.duty, { kind: 'city' })
    const ofDistrict = ['note.written', 'alert.commented', 'alert.acknowledged']
    expect(await log(people.duty, { from, to })).toEqual(['note.written', ...ofDistrict])
    expect(await log(people.duty, { from, to, district: '440106' })).toEqual(ofDistrict)
    expect(await log(people.tianhe, { from, to }), 'a district reads its own').toEqual(ofDistrict)
    expect(await log(people.haizhu, { from, to })).toEqual([])
  })

  it('says of itself when many sites fall at once or the monitor is cut off, and when that is over', async () => {
    ctx.clock.advance(HOUR)
    const from = new Date(ctx.clock.now()).toISOString()
    const one = await makeAlert(fresh.db, { site: { id: siteId }, rule: 'CERT' })
    const evidence = JSON.stringify({ kind: 'platform', key: '政务集群', sites: 28 })
    const many = await makeAlert(fresh.db, { site: null, rule: 'PLATFORM', evidence })
    for (const [kind, { id }] of [
      ['alert.opened', one],
      ['alert.opened', many],
      ['alert.resolved', many],
    ] as const) {
      const alert = (await alertsById(fresh.db, [id])).get(id)
      if (!alert) throw new Error(`alert ${id} is gone`)
      await fresh.db
        .transaction()
        .execute((tx) => appendFacts(tx, [factOf(kind, alert, null, null, ctx.clock.now())]))
    }
    expect(await log(people.duty, { from })).toEqual(['alert.resolved', 'alert.opened'])
    expect(await log(people.tianhe, { from }), "which is the city's").toEqual([])
  })
})

it('a hand-over takes the notes of the turn with it, and how much was done', async () => {
  ctx.clock.advance(HOUR)
  await handOver(ctx, people.duty, { district: null, text: '' })
  ctx.clock.advance(MINUTE)
  await write(people.duty, { kind: 'site', id: siteId })
  const site = await makeSite(fresh.db)
  const { id, version } = await makeAlert(fresh.db, { site })
  await commandAlert(ctx, people.duty, { id, version }, { action: 'acknowledge' })
  ctx.clock.advance(MINUTE)
  const { summary } = await handOver(ctx, people.duty, { district: null, text: '' })
  expect(summary?.log).toMatchObject({ steps: 1, notes: [{ by: people.duty.name, text: TEXT }] })
})
