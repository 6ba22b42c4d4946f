import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makePeople, type People } from '../../support/people.ts'
import { listen, type Watcher, watch } from '../../support/product/watcher.ts'
import { type Session, sessionWith } from '../../support/session.ts'
import { until } from '../../support/until.ts'

let app: TestApp
let people: People

beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())

/** Why each connection of a watcher ended, as its client was told by the transport. */
function endsOf({ socket }: Watcher): string[] {
  const ends: string[] = []
  socket.on('disconnect', (reason) => ends.push(reason))
  return ends
}

it('who is signed out is told so, and does not come back', async () => {
  const wall = await watch(await app.signIn('duty'))
  const ends = endsOf(wall)
  const admin = await app.signIn('admin')
  await admin.call('endUserSessions', { params: { id: people.duty.id } })
  await until('the connection has ended', () => ends.length > 0)
  expect([wall.byes, ends, wall.socket.active]).toEqual([['signed-out'], ['io server disconnect'], false])
})

it('whose rights have changed is told that, and not that he is signed out', async () => {
  const session = await app.signIn('haizhu')
  const office = await watch(session, { rooms: ['district:440105'] })
  const ends = endsOf(office)
  const admin = await app.signIn('admin')
  const moved = { name: '黄海涛', role: 'district', district: '440106' }
  await admin.call('editUser', { params: { id: people.haizhu.id }, body: moved })
  await until('the connection has ended', () => ends.length > 0)
  expect([office.byes, ends]).toEqual([['changed'], ['io server disconnect']])
  const { rooms } = await session.call('session')
  const again = listen(session, ['websocket'], false)
  await until('it is connected', () => again.socket.connected)
  expect(await again.subscribe(rooms)).toMatchObject({ ok: true })
  again.close()
})

it('who comes right after another is not taken for them, though long cookies before ours are the same', async () => {
  const with300 = ({ cookie }: Session) =>
    sessionWith(app.url, { cookie: `all=${'a'.repeat(300)}; ${cookie}` })
  const [duty, haizhu] = [with300(await app.signIn('duty')), with300(await app.signIn('haizhu'))]
  const wall = await watch(duty)
  const office = listen(haizhu, ['websocket'], false)
  await until('it is connected', () => office.socket.connected)
  expect(await office.subscribe(['city'])).toMatchObject({ ok: false })
  wall.close()
  office.close()
})

it('an orderly stop says so on any transport, and leaves clients to come back by themselves', async () => {
  const duty = await app.signIn('duty')
  const walls = [
    await watch(duty, { transports: ['websocket'] }),
    await watch(duty, { transports: ['polling'] }),
  ]
  const ends = walls.map(endsOf)
  await app.stop()
  await until('the connections have ended', () => ends.every((one) => one.length > 0))
  for (const [n, wall] of walls.entries()) {
    expect([wall.byes, ends[n]]).toEqual([['restart'], ['transport close']])
    expect(wall.socket.active, 'it tries to come back').toBe(true)
    expect(wall.complaints).toEqual([])
    wall.close()
  }
})
