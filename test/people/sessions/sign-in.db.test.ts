import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ensureAdministrator } from '../../../server/people/accounts/administrator.ts'
import { DEMO_PASSWORD } from '../../../server/people/accounts/demo-sign-ins.ts'
import { hashPassword } from '../../../server/people/sessions/secrets.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { user } from '../../../shared/people/rights/rights.ts'
import { problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'
import { until } from '../../support/until.ts'

let fresh: FreshDatabase
let people: People
let http: TestHttp
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  http = await startHttp(fresh)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})
beforeEach(() => void http.clock.advance(60 * MINUTE))

const audit = () =>
  fresh.db
    .selectFrom('audit')
    .select(['action', 'actor_name', 'detail'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
const status = async (answer: Promise<Response>) => (await answer).status

describe('signing in', () => {
  it('tells who one is, sets a cookie that scripts cannot read, and is in the audit', async () => {
    const client = http.client()
    const answer = await client.post('/api/session', { username: ' Duty ', password: PASSWORD })
    expect(answer.status).toBe(200)
    expect(user.parse(await answer.json())).toMatchObject({
      name: '王敏',
      role: 'workgroup',
      rooms: ['city'],
    })
    const cookie = answer.headers.getSetCookie()[0]
    expect(cookie).toMatch(/^siteward\.sid=/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).not.toMatch(/Secure/)
    expect(await audit()).toMatchObject({ action: 'session.opened', actor_name: '王敏' })
    expect(await (await client.get('/api/session')).json()).toMatchObject({ id: people.duty.id })
  })

  it('names nobody to a stranger, for there is no demo here', async () => {
    const answer = await http.client().get('/api/session/demo')
    expect([answer.status, await answer.json()]).toEqual([200, []])
  })

  it('names to a stranger those of the demo who sign in with its password, and nobody with one of their own', async () => {
    const hash = await hashPassword(DEMO_PASSWORD)
    const set = (
      id: number,
      more: { password_hash: string; demo: boolean; must_change_password?: boolean },
    ) => fresh.db.updateTable('user_account').set(more).where('id', '=', id).execute()
    const { vendor, viewer, colleague } = people
    const own = await fresh.db
      .selectFrom('user_account')
      .select(['id', 'password_hash'])
      .where('id', 'in', [vendor.id, viewer.id, colleague.id])
      .execute()
    await set(vendor.id, { password_hash: hash, demo: true })
    await set(viewer.id, { password_hash: await hashPassword('one of her own'), demo: true })
    await set(colleague.id, { password_hash: hash, demo: true, must_change_password: true })
    const answer = await http.client().get('/api/session/demo')
    expect(await answer.json()).toEqual([
      { username: 'vendor', name: '何静', role: 'vendor', password: DEMO_PASSWORD },
    ])
    for (const { id, password_hash } of own)
      await set(id, { password_hash, demo: false, must_change_password: false })
  })

  it('gives the room of the own scope: a district, or a unit', async () => {
    const mine = await makeSite(fresh.db, { unit_id: people.unitId })
    await makeSite(fresh.db)
    const rooms = async (name: string) =>
      user.parse(await (await (await signedIn(http, name, PASSWORD)).get('/api/session')).json()).rooms
    expect(await rooms('tianhe')).toEqual(['district:440106'])
    expect(await rooms('owner')).toEqual([`unit:${mine.unit_id}`])
  })

  it('never takes over a session id that was there before', async () => {
    const client = await signedIn(http, 'duty', PASSWORD)
    const before = client.cookie
    await client.post('/api/session', { username: 'tianhe', password: PASSWORD })
    expect(client.cookie).not.toBe(before)
    const old = http.client()
    old.cookie = before
    expect(await status(old.get('/api/session'))).toBe(401)
  })

  it('with a wrong password or name is refused with the same words, and is in the audit', async () => {
    const wrong = await problemOf(
      await http.client().post('/api/session', { username: 'duty', password: 'x' }),
    )
    expect(await audit()).toMatchObject({
      action: 'session.failed',
      actor_name: null,
      detail: { username: 'duty', address: expect.stringMatching(/127\.0\.0\.1/) },
    })
    const nobody = await problemOf(
      await http.client().post('/api/session', { username: 'nobody', password: 'x' }),
    )
    expect(wrong).toMatchObject({ code: 'unauthenticated', status: 401 })
    expect(nobody).toEqual(wrong)
    const detail = (await audit())?.detail
    expect(JSON.stringify(detail)).not.toContain('password')
  })

  it('is refused for a while after ten failures, even with the right password', async () => {
    const client = http.client()
    for (let time = 0; time < 10; time++) {
      expect(await status(client.post('/api/session', { username: 'viewer', password: 'x' }))).toBe(401)
    }
    const refused = await client.post('/api/session', { username: 'viewer', password: PASSWORD })
    expect(refused.headers.get('retry-after')).toBe('900')
    expect(await problemOf(refused)).toMatchObject({ code: 'too_many_requests', status: 429 })
    http.clock.advance(15 * MINUTE)
    expect(await status(client.post('/api/session', { username: 'viewer', password: PASSWORD }))).toBe(200)
  })

  it('does not work for an account without a password', async () => {
    await fresh.db
      .updateTable('user_account')
      .set({ password_hash: '!' })
      .where('username', '=', 'haizhu')
      .execute()
    expect(await status(http.client().post('/api/session', { username: 'haizhu', password: '!' }))).toBe(401)
  })
})

describe('a session', () => {
  it('is needed for everything but signing in', async () => {
    for (const path of ['/api/session', '/api/users', '/api/audit', '/api/wall-links']) {
      expect(await problemOf(await http.client().get(path)), path).toMatchObject({ code: 'unauthenticated' })
    }
  })

  it('ends with signing out, also for a copy of the cookie', async () => {
    const client = await signedIn(http, 'duty', PASSWORD)
    const copy = http.client()
    copy.cookie = client.cookie
    expect(await (await client.delete('/api/session')).json()).toEqual({ leaveAt: null })
    expect(await audit()).toMatchObject({ action: 'session.closed', actor_name: '王敏' })
    expect(await status(copy.get('/api/session'))).toBe(401)
  })

  it('ends twelve hours after the last request', async () => {
    const client = await signedIn(http, 'duty', PASSWORD)
    const expiry = async () =>
      (await fresh.db.selectFrom('session').selectAll().orderBy('expire', 'desc').executeTakeFirstOrThrow())
        .expire
    const hours = ((await expiry()).getTime() - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(11.9)
    expect(hours).toBeLessThan(12.1)
    await fresh.db
      .updateTable('session')
      .set({ expire: new Date(Date.now() + 60_000) })
      .execute()
    expect(await status(client.get('/api/session'))).toBe(200)
    // The answer is sent while the session is being stored.
    const isMoved = async () => (await expiry()).getTime() - Date.now() > 11 * 3_600_000
    await until('a request moves the end', isMoved)
    await fresh.db
      .updateTable('session')
      .set({ expire: new Date(Date.now() - 5_000) })
      .execute()
    expect(await status(client.get('/api/session'))).toBe(401)
  })

  it('ends at the next request when the person is disabled', async () => {
    const client = await signedIn(http, 'colleague', PASSWORD)
    await fresh.db
      .updateTable('user_account')
      .set({ disabled_at: new Date() })
      .where('username', '=', 'colleague')
      .execute()
    expect(await status(client.get('/api/session'))).toBe(401)
    expect(
      await status(http.client().post('/api/session', { username: 'colleague', password: PASSWORD })),
    ).toBe(401)
  })

  it('with a forged cookie is none', async () => {
    const client = http.client()
    client.cookie = 'siteward.sid=s%3Aabc.def'
    expect(await status(client.get('/api/session'))).toBe(401)
  })
})

describe('a password', () => {
  it('can be changed, which signs out everywhere else', async () => {
    const [here, there] = [await signedIn(http, 'vendor', PASSWORD), await signedIn(http, 'vendor', PASSWORD)]
    const change = (current: string, next: string) => here.post('/api/session/password', { current, next })
    expect(await problemOf(await change('wrong', 'a new password'))).toMatchObject({ code: 'invalid' })
    expect(await problemOf(await change(PASSWORD, 'short'))).toMatchObject({ code: 'invalid' })
    expect(await problemOf(await change(PASSWORD, PASSWORD))).toMatchObject({ code: 'invalid' })
    expect(await status(change(PASSWORD, 'a new password'))).toBe(204)
    expect(await status(here.get('/api/session'))).toBe(200)
    expect(await status(there.get('/api/session'))).toBe(401)
    expect(await status(http.client().post('/api/session', { username: 'vendor', password: PASSWORD }))).toBe(
      401,
    )
    await signedIn(http, 'vendor', 'a new password')
  })

  it('that was given must be changed before anything else', async () => {
    await fresh.db
      .updateTable('user_account')
      .set({ must_change_password: true })
      .where('username', '=', 'admin')
      .execute()
    const admin = await signedIn(http, 'admin', PASSWORD)
    expect(await (await admin.get('/api/session')).json()).toMatchObject({ mustChangePassword: true })
    const refused = await problemOf(await admin.get('/api/users'))
    expect(refused).toMatchObject({
      code: 'forbidden',
      detail: expect.stringMatching(/请先修改密码.*change the password first/),
    })
    await admin.post('/api/session/password', { current: PASSWORD, next: 'chosen by myself' })
    expect(await status(admin.get('/api/users'))).toBe(200)
  })
})

describe('a token', () => {
  it('that is wrong is not helped by a good cookie', async () => {
    const client = await signedIn(http, 'duty', PASSWORD)
    expect(await status(client.get('/api/session', { authorization: 'Bearer nonsense' }))).toBe(401)
    expect(await status(client.get('/api/session', { authorization: 'Basic ZHV0eTp4' }))).toBe(401)
  })
})

it('the first administrator is made once, with a password that must be changed', async () => {
  expect(await ensureAdministrator(http.ctx), 'somebody is there').toBeNull()
  const empty = await freshDatabase()
  const other = await startHttp(empty)
  try {
    const [first, second] = await Promise.all([
      ensureAdministrator(other.ctx),
      ensureAdministrator(other.ctx),
    ])
    const made = first ?? second
    expect([first, second]).toContain(null)
    const admin = await signedIn(other, 'admin', made?.password ?? '')
    expect(await (await admin.get('/api/session')).json()).toMatchObject({
      role: 'admin',
      mustChangePassword: true,
    })
    await admin.post('/api/session/password', { current: made?.password, next: 'chosen by myself' })
    const { key } = await (await admin.post('/api/tokens', { label: '报表导出', expiresAt: null })).json()
    await empty.db.updateTable('user_account').set({ disabled_at: new Date() }).execute()
    const again = await ensureAdministrator(other.ctx)
    expect(again?.password).not.toBe(made?.password)
    await signedIn(other, 'admin', again?.password ?? '')
    const asked = other.client().get('/api/users', { authorization: `Bearer ${key}` })
    expect(await status(asked), 'tokens of before are none').toBe(401)
  } finally {
    await other.close()
    await empty.drop()
  }
})
