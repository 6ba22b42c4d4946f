import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'
import { watch } from '../../support/product/watcher.ts'
import { Refused, type Session } from '../../support/session.ts'
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

/** The socket of somebody, and whether it was cut. */
async function listening(session: Session, rooms = ['city']) {
  const watcher = await watch(session, { rooms })
  const state = { isCut: false, close: watcher.close }
  watcher.socket.on('disconnect', () => {
    state.isCut = true
    watcher.socket.disconnect()
  })
  return state
}
const statusOf = async (session: Session) => (await session.fetch('/api/session')).status

it('one sees where one is signed in, and can end one of them or all others', async () => {
  const [here, there, elsewhere] = [
    await app.signIn('duty'),
    await app.signIn('duty'),
    await app.signIn('duty'),
  ]
  const sessions = await here.call('sessions')
  expect(sessions).toHaveLength(3)
  expect(sessions.filter((one) => one.current)).toHaveLength(1)
  expect(sessions[0]).toMatchObject({
    address: expect.stringContaining('127.0.0.1'),
    agent: 'node',
    begunAt: new Date(app.clock.now()).toISOString(),
  })
  const mine = (await there.call('sessions')).find((one) => one.current)
  const socket = await listening(there)
  await here.call('endSession', { params: { sessionId: mine?.id } })
  await until('its socket is cut', () => socket.isCut)
  expect([await statusOf(here), await statusOf(there), await statusOf(elsewhere)]).toEqual([200, 401, 200])
  expect(await here.call('endOtherSessions')).toEqual({ ended: 1 })
  expect([await statusOf(here), await statusOf(elsewhere)]).toEqual([200, 401])
})

it('nobody ends the session of somebody else but an administrator', async () => {
  const vendor = await app.signIn('vendor')
  const [session] = await vendor.call('sessions')
  const viewer = await app.signIn('viewer')
  const refused = viewer.call('endSession', { params: { sessionId: session?.id } })
  await expect(refused).rejects.toThrow(Refused)
  const socket = await listening(vendor)
  const admin = await app.signIn('admin')
  const params = { id: people.vendor.id }
  expect(await admin.call('userSessions', { params })).toMatchObject([{ id: session?.id, current: false }])
  expect(await admin.call('endUserSessions', { params })).toEqual({ ended: 1 })
  await until('its socket is cut', () => socket.isCut)
  expect(await statusOf(vendor)).toBe(401)
})

it('disabling somebody ends sessions and sockets at once, and a change of scope cuts sockets', async () => {
  const admin = await app.signIn('admin')
  const haizhu = await app.signIn('haizhu')
  const room = await listening(haizhu, ['district:440105'])
  const moved = { name: '黄海涛', role: 'district', district: '440106' }
  await admin.call('editUser', { params: { id: people.haizhu.id }, body: moved })
  await until('the room of before is left', () => room.isCut)
  expect(await haizhu.call('session')).toMatchObject({ rooms: ['district:440106'] })
  const again = await listening(haizhu, ['district:440106'])
  await admin.call('disableUser', { params: { id: people.haizhu.id } })
  await until('the socket is cut', () => again.isCut)
  expect(await statusOf(haizhu)).toBe(401)
  await expect(app.signIn('haizhu')).rejects.toThrow(Refused)
  await admin.call('enableUser', { params: { id: people.haizhu.id } })
  expect(await statusOf(await app.signIn('haizhu', PASSWORD))).toBe(200)
})
