import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Live, startLive } from '../../../server/city/board/start.ts'
import type { Http } from '../../../server/people/requests/http.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import { testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, type People } from '../../support/people.ts'
import { listen, type Watcher } from '../../support/product/watcher.ts'
import { sessionWith } from '../../support/session.ts'
import { until } from '../../support/until.ts'

/* The live plane, and people behind it that are looked up as slowly as the test says. */

let fresh: FreshDatabase
let people: People
let server: Server
let live: Live
/** Who is looked up again and waits for the answer: their number. */
const asked: number[] = []
let answer: () => void = () => {}
const slow = new Promise<void>((resolve) => {
  answer = resolve
})

const numberIn = (cookie = '') => Number(cookie.split('=')[1])
const userOf = (id: number): User => ({
  ...{ id, username: 'viewer', name: '周平', role: 'viewer', scope: { kind: 'city' }, access: 'session' },
  ...{ mustChangePassword: false, mustEnrolSecondFactor: false, rooms: ['city'] },
})

beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  server = createServer()
  const http: Pick<Http, 'sessionMiddleware' | 'principalOf' | 'principalAgain' | 'endOf'> = {
    sessionMiddleware: (req, _res, next) => {
      req.session = { userId: numberIn(req.headers.cookie) } as never
      next()
    },
    principalOf: async (req) => userOf(numberIn(req.headers.cookie)),
    endOf: async () => null,
    async principalAgain(req) {
      const id = numberIn(req.headers.cookie)
      asked.push(id)
      if (id === people.duty.id) return null
      await slow
      return userOf(id)
    },
  }
  live = await startLive(testContext(fresh), server, http as Http)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  answer()
  await live.hub.closeAll()
  await live.hub.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await fresh.drop()
})

async function connected(userId: number, desk: number): Promise<Watcher> {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const watcher = listen(sessionWith(origin, { cookie: `c=${userId}=${desk}` }), ['websocket'], false)
  await until('it is connected', () => watcher.socket.connected)
  return watcher
}

it('who is signed out is sent away at once, while all others are being looked up and that takes long', async () => {
  const others = [await connected(people.viewer.id, 1), await connected(people.viewer.id, 2)]
  const gone = await connected(people.duty.id, 3)
  const everybody = live.expel()
  await until('the first are being looked up', () => asked.length === 2)
  await live.expel(people.duty.id)
  await until('that is told', () => gone.byes.length > 0)
  expect(gone.byes).toEqual(['signed-out'])
  expect(others.map(({ byes }) => byes)).toEqual([[], []])
  expect(asked).toEqual([people.viewer.id, people.viewer.id, people.duty.id])
  answer()
  await everybody
  for (const one of [...others, gone]) one.close()
})
