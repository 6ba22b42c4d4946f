import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { type Watcher, watch } from '../../support/product/watcher.ts'
import { until } from '../../support/until.ts'

const TIANHE = '440106'
const HAIZHU = '440105'
const later = { next_visit_at: new Date(Date.parse('2027-01-01')) }

let app: TestApp
let moving: MadeSite
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  await makePeople(connection.db)
  moving = await makeSite(connection.db, { name: '天河区甲', district: TIANHE }, later)
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())

async function moveTo(district: string): Promise<void> {
  const { db, clock } = app.context
  const at = new Date(clock.now()).toISOString()
  const fact = { kind: 'register.changed', at, siteId: null, district: null, actor: null } as const
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('site').set({ district }).where('id', '=', moving.id).execute()
    await appendFacts(tx, [{ ...fact, data: { added: 0, changed: 1 } }])
  })
  app.context.wake()
}

it('a site that the register moves to another district is out of sight of an office from then on, whatever rooms it heard', async () => {
  const office = await app.signIn('tianhe')
  const hears = async (room: string) => {
    const one = await watch(office, { rooms: [room] })
    const ends: string[] = []
    one.socket.on('disconnect', (reason) => ends.push(reason))
    return { one, ends }
  }
  const [ofSite, ofUnit, own] = [
    await hears(`site:${moving.id}`),
    await hears(`unit:${moving.unit_id}`),
    await hears(`district:${TIANHE}`),
  ]
  await moveTo(HAIZHU)
  for (const { one, ends } of [ofSite, ofUnit]) {
    await until('its connection has ended', () => ends.length > 0)
    expect([one.byes, ends, one.snapshots.length]).toEqual([['changed'], ['io server disconnect'], 1])
  }
  await until('the site has left the board of its own district', () => own.one.board.sites.size === 0)
  expect(own.ends).toEqual([])
  expect(await refusalOf(own.one, `unit:${moving.unit_id}`)).toBe('forbidden')
  expect(await refusalOf(own.one, `site:${moving.id}`)).toBe('forbidden')

  await moveTo(TIANHE)
  await until('it is back', () => own.one.board.sites.size === 1)
  expect(await refusalOf(own.one, `site:${moving.id}`)).toBeNull()
  for (const { one } of [ofSite, ofUnit, own]) one.close()
})

async function refusalOf(watcher: Watcher, room: string): Promise<string | null> {
  const answer = await watcher.subscribe([room])
  return answer.ok ? null : answer.code
}
