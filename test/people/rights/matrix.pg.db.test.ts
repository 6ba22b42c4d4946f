import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { createApiToken } from '../../../server/people/rights/tokens.ts'
import { createWallLink } from '../../../server/people/rights/wall-links.ts'
import { type ApiName, api } from '../../../shared/api.ts'
import { type Endpoint, meets } from '../../../shared/people/rights/endpoint.ts'
import {
  covers,
  type Principal,
  type Scope,
  scopeOver,
  type User,
} from '../../../shared/people/rights/rights.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { addUser, cheapHash, makePeople, type People } from '../../support/people.ts'
import { listen } from '../../support/product/watcher.ts'
import { type Session, sessionWith } from '../../support/session.ts'
import { until } from '../../support/until.ts'

/*
 * Everybody calls everything: what `needs` and `PERMISSIONS` say is what the running server does. An endpoint is in
 * here as soon as it is in `api`.
 */

const endpoints = Object.entries(api) as [ApiName, Endpoint][]
/** What the wall's page asks for, and so all that a wall display may call; besides what is open to anybody. */
const WALLS_OWN = ['banners', 'burnDown', 'cityHistory', 'completeness', 'session', 'signOut']
/** What is sent by merely being signed in: about the asker alone, or it reckons and stores nothing. */
const OWN_COMMANDS = ['signOut', 'trialSheet']
/** What changes things that there is one of for the whole city. */
const OF_WHOLE_CITY: readonly ApiName[] = [
  'createChannel',
  'changeChannel',
  'testChannel',
  'addWrongWord',
  'changeWrongWord',
  'importWrongWords',
  'uploadTemplate',
  'addOwnField',
  'changeOwnField',
  'keepPlatform',
]
const ROLES_HERE = [
  'admin',
  'duty',
  'tianhe',
  'owner',
  'vendor',
  'viewer',
  'bothDistricts',
  'bothUnits',
] as const

let app: TestApp
let people: People & { bothDistricts: Principal; bothUnits: Principal }
const rooms: { room: string; where: { district: string | null; unitId: number | null } | null }[] = []

beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  const { db } = connection
  const known = await makePeople(db)
  const later = { next_visit_at: new Date(Date.parse('2027-01-01')) }
  const owned = await makeSite(db, { unit_id: known.unitId }, later)
  const tianhe = await makeSite(db, {}, later)
  const haizhu = await makeSite(db, { district: '440105' }, later)
  const several = (username: string, role: 'district' | 'unit', scope: Scope) =>
    addUser(db, { username, name: username, role, password_hash: hash }, scope)
  const hash = await cheapHash()
  people = {
    ...known,
    bothDistricts: await several('bothdistricts', 'district', scopeOver(['440105', '440106'], [])),
    bothUnits: await several('bothunits', 'unit', scopeOver([], [known.unitId, haizhu.unit_id])),
  }
  await connection.close()
  rooms.push(
    { room: 'city', where: { district: null, unitId: null } },
    { room: 'wall', where: null },
    { room: 'district:440106', where: { district: '440106', unitId: null } },
    { room: 'district:440105', where: { district: '440105', unitId: null } },
    { room: 'region:440106', where: { district: '440106', unitId: null } },
    { room: 'region:440100', where: { district: null, unitId: null } },
    { room: `unit:${people.unitId}`, where: { district: owned.district, unitId: people.unitId } },
    { room: `unit:${haizhu.unit_id}`, where: { district: haizhu.district, unitId: haizhu.unit_id } },
    { room: 'site:2147483647', where: null },
    ...[owned, tianhe, haizhu].map((site) => ({
      room: `site:${site.id}`,
      where: { district: site.district, unitId: site.unit_id },
    })),
  )
  // There are more endpoints than one address may call in a minute.
  app = await startTestApp({ database, env: { REQUESTS_PER_MINUTE: '0' } })
})
afterAll(() => app.stop())

/** Status of a call that names nothing there is, so that nothing comes of it where it is allowed. */
async function statusOf(session: Session, { method, path }: Endpoint): Promise<number> {
  const answer = await session.fetch(path.replace(/:\w+/g, '2147483647'), {
    method,
    ...(method === 'POST' || method === 'PATCH'
      ? { headers: { 'content-type': 'application/json' }, body: '{}' }
      : {}),
  })
  await answer.arrayBuffer()
  return answer.status
}

async function expectMatrix(who: Rights | null, enter: () => Promise<Session>): Promise<void> {
  let session = await enter()
  for (const [name, endpoint] of endpoints) {
    const status = await statusOf(session, endpoint)
    if (name === 'signOut') session = await enter()
    const what = `${who?.role ?? 'nobody'} calls ${name}: ${status}`
    const mayChange = endpoint.method === 'GET' || who?.access !== 'readOnlyToken'
    if (meets(who, endpoint.needs) && mayChange) {
      expect(who ? [401, 403] : [403], what).not.toContain(status)
      expect(status, what).toBeLessThan(500)
    } else expect(status, what).toBe(who ? 403 : 401)
  }
}

async function enterWall(): Promise<Session> {
  const { key } = await createWallLink(app.context, people.duty, '大厅')
  const answer = await app.stranger.fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ wallKey: key }),
  })
  const [cookie = ''] = answer.headers.getSetCookie()
  return sessionWith(app.url, { cookie: cookie.split(';')[0] ?? '' })
}
type Rights = Principal & Pick<User, 'access'>
const WALL: Rights = { access: 'wallLink', id: 0, name: '大厅', role: 'viewer', scope: { kind: 'city' } }

describe('who may call what', () => {
  it.each(ROLES_HERE)('%s', (key) =>
    expectMatrix({ ...people[key], access: 'session' }, () => app.signIn(key)),
  )
  it('a wall display', () => expectMatrix(WALL, enterWall))
  it('a wall display has its own list of endpoints, and is told what it is for by all others', async () => {
    const answered: string[] = []
    let wall = await enterWall()
    for (const [name, endpoint] of endpoints) {
      if (endpoint.needs === 'open') continue
      const answer = await wall.fetch(endpoint.path.replace(/:\w+/g, '1'), { method: endpoint.method })
      if (answer.status !== 403) answered.push(name)
      else expect(await answer.text(), name).toContain('A wall link shows the wall and nothing else')
      if (name === 'signOut') wall = await enterWall()
    }
    expect(answered.sort()).toEqual(WALLS_OWN)
  })
  it.each([false, true])('a token of an administrator; read-only: %s', async (readOnly) => {
    const given = { label: 'm', readOnly, expiresAt: null }
    const { key } = await createApiToken(app.context, people.admin, given)
    const enter = async () => sessionWith(app.url, { authorization: `Bearer ${key}` })
    await expectMatrix({ ...people.admin, access: readOnly ? 'readOnlyToken' : 'token' }, enter)
  })
  it('a token of an administrator that is narrowed to a district changes nothing that is the whole city’s', async () => {
    const scope = { kind: 'district', district: '440106' } as const
    const given = { label: 'm', readOnly: false, expiresAt: null, scope }
    const { key } = await createApiToken(app.context, people.admin, given)
    const session = sessionWith(app.url, { authorization: `Bearer ${key}` })
    for (const name of OF_WHOLE_CITY) expect(await statusOf(session, api[name]), name).toBe(403)
  })
  it('nobody', () => expectMatrix(null, async () => app.stranger))

  it('every command needs a right, or is about the own account, or stores nothing', () => {
    const unguarded = endpoints.filter(
      ([, { method, needs }]) => method !== 'GET' && (needs === 'signedIn' || needs === 'wall'),
    )
    expect(unguarded.map(([name]) => name).sort()).toEqual([...OWN_COMMANDS].sort())
  })

  it('every endpoint that is described is served', async () => {
    const admin = await app.signIn('admin')
    for (const [name, endpoint] of endpoints.filter(([name]) => name !== 'signOut')) {
      const answer = await admin.fetch(endpoint.path.replace(/:\w+/g, '2147483647'), {
        method: endpoint.method,
        headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      })
      expect(await answer.text(), name).not.toContain('There is nothing at')
    }
  })
})

describe('who may hear what', () => {
  const everybody = [...ROLES_HERE.map((key) => [key, () => people[key], () => app.signIn(key)] as const)]
  it.each([...everybody, ['wall display', () => WALL, enterWall] as const])('%s', async (_, who, enter) => {
    const client = await enter()
    for (const { room, where } of rooms) {
      // A connection a room: one that asks for many boards in a second is put off, whoever it is.
      const { socket, subscribe, close } = listen(client, ['websocket'], false)
      await until('the socket is connected', () => socket.connected)
      const isWall = 'access' in who()
      const isAllowed = isWall ? room === 'wall' : where !== null && covers(who().scope, where)
      expect((await subscribe([room])).ok, room).toBe(isAllowed)
      close()
    }
  })

  it('nobody hears anything', async () => {
    const { socket, close } = listen(app.stranger, ['websocket'], false)
    const refusal = await new Promise<Error>((resolve) => socket.once('connect_error', resolve))
    expect(refusal.message).toBe('unauthenticated')
    close()
  })
})
