import { generate } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { type Client, problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  http = await startHttp(fresh)
})
beforeEach(() => void http.clock.advance(60 * MINUTE))
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const PATH = '/api/session/second-factor'
/** The code that an authenticator shows whose clock is `lateMs` behind. */
const codeOf = (secret: string, lateMs = 0) =>
  generate({ secret, epoch: Math.floor((http.clock.now() - lateMs) / 1000) })

async function enrol(client: Client): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = await (await client.post(PATH, { password: PASSWORD })).json()
  const answer = await client.post(`${PATH}/confirm`, { code: await codeOf(secret) })
  expect(answer.status).toBe(200)
  const { recoveryCodes } = await answer.json()
  http.clock.advance(MINUTE)
  return { secret, recoveryCodes }
}

async function enter(username: string, code?: string) {
  const client = http.client()
  const answer = await client.post('/api/session', {
    username,
    password: PASSWORD,
    ...(code ? { code } : {}),
  })
  return { client, status: answer.status, body: await answer.json() }
}

describe('a second factor', () => {
  it('counts once a first code has confirmed it, and signs out everywhere else', async () => {
    const [here, there] = [await signedIn(http, 'duty', PASSWORD), await signedIn(http, 'duty', PASSWORD)]
    expect(await problemOf(await here.post(PATH, { password: 'wrong' }))).toMatchObject({ code: 'invalid' })
    const { secret, uri, qr } = await (await here.post(PATH, { password: PASSWORD })).json()
    expect(uri).toMatch(/^otpauth:\/\/totp\/Siteward:duty\?/)
    expect(qr).toMatch(/^<svg /)
    expect((await enter('duty')).status, 'not yet').toBe(200)
    const wrong = await here.post(`${PATH}/confirm`, { code: '000000' })
    expect(await problemOf(wrong)).toMatchObject({ code: 'invalid' })
    const code = await codeOf(secret)
    const { recoveryCodes } = await (await here.post(`${PATH}/confirm`, { code })).json()
    expect(new Set(recoveryCodes).size).toBe(10)
    expect((await there.get('/api/session')).status).toBe(401)
    expect((await here.get('/api/session')).status).toBe(200)
    expect(await (await here.get(PATH)).json()).toMatchObject({ recoveryCodesLeft: 10, required: false })
    const stored = await fresh.db.selectFrom('recovery_code').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(recoveryCodes[0].replace('-', ''))
    expect((await here.post(PATH, { password: PASSWORD })).status, 'there is one').toBe(409)
  })

  it('is asked for after the right password only, and no session is begun without it', async () => {
    const { secret } = await enrol(await signedIn(http, 'colleague', PASSWORD))
    const asked = await enter('colleague')
    expect([asked.status, asked.body.code]).toEqual([401, 'second_factor'])
    expect((await asked.client.get('/api/session')).status).toBe(401)
    const wrongPassword = await http
      .client()
      .post('/api/session', { username: 'colleague', password: 'x', code: '123456' })
    expect(await problemOf(wrongPassword)).toMatchObject({ code: 'unauthenticated' })
    expect((await enter('colleague', await codeOf(secret))).status).toBe(200)
  })

  it('takes no code twice, nor one that is older than the last', async () => {
    const { secret } = await enrol(await signedIn(http, 'vendor', PASSWORD))
    const [before, now] = [await codeOf(secret, 30 * SECOND), await codeOf(secret)]
    expect((await enter('vendor', now)).status).toBe(200)
    const again = await enter('vendor', now)
    expect(again.body).toMatchObject({ code: 'second_factor', detail: expect.stringContaining('用过') })
    expect((await enter('vendor', before)).status).toBe(401)
  })

  it('of two sign-ins that bring the same code at once lets one in', async () => {
    const { secret } = await enrol(await signedIn(http, 'tianhe', PASSWORD))
    const code = await codeOf(secret)
    const both = await Promise.all([enter('tianhe', code), enter('tianhe', code)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  it('forgives a clock that is half a minute off, and no more', async () => {
    const { secret } = await enrol(await signedIn(http, 'haizhu', PASSWORD))
    expect((await enter('haizhu', await codeOf(secret, 90 * SECOND))).status).toBe(401)
    expect((await enter('haizhu', await codeOf(secret, -90 * SECOND))).status).toBe(401)
    expect((await enter('haizhu', await codeOf(secret, 30 * SECOND))).status).toBe(200)
    http.clock.advance(5 * MINUTE)
    expect((await enter('haizhu', await codeOf(secret, -30 * SECOND))).status).toBe(200)
  })

  it('is replaced by a recovery code, each once', async () => {
    const { recoveryCodes } = await enrol(await signedIn(http, 'owner', PASSWORD))
    const [first = '', second = ''] = recoveryCodes
    const { client, status } = await enter('owner', first.toUpperCase())
    expect(status).toBe(200)
    expect(await (await client.get(PATH)).json()).toMatchObject({ recoveryCodesLeft: 9 })
    expect((await enter('owner', first)).status).toBe(401)
    expect((await enter('owner', second.replace('-', ' '))).status).toBe(200)
  })

  it('cannot be guessed by who knows the password, wherever that is tried', async () => {
    const { secret } = await enrol(await signedIn(http, 'viewer', PASSWORD))
    for (let time = 0; time < 10; time++) {
      expect((await enter('viewer', '000000')).body.code).toBe('second_factor')
      // The password alone is right, and yet clears nothing.
      await enter('viewer')
    }
    expect((await enter('viewer', await codeOf(secret))).body.code).toBe('too_many_requests')
    http.clock.advance(15 * MINUTE)
    expect((await enter('viewer', await codeOf(secret))).status).toBe(200)
  })
})

describe('switching it off', () => {
  it('takes password and code', async () => {
    const admin = await signedIn(http, 'admin', PASSWORD)
    const { secret } = await enrol(admin)
    const off = (password: string, code: string) => admin.post(`${PATH}/disable`, { password, code })
    expect(await problemOf(await off('wrong', await codeOf(secret)))).toMatchObject({ code: 'invalid' })
    expect(await problemOf(await off(PASSWORD, '000000'))).toMatchObject({ code: 'invalid' })
    expect((await off(PASSWORD, await codeOf(secret))).status).toBe(204)
    expect((await enter('admin')).status).toBe(200)
  })

  it('an administrator can for somebody, who is signed out; it is in the audit', async () => {
    const admin = await signedIn(http, 'admin', PASSWORD)
    await fresh.db.updateTable('user_account').set({ totp_secret: null, totp_enabled_at: null }).execute()
    const vendor = await signedIn(http, 'vendor', PASSWORD)
    await enrol(vendor)
    expect((await admin.delete(`/api/users/${people.vendor.id}/second-factor`)).status).toBe(204)
    expect((await vendor.get('/api/session')).status).toBe(401)
    expect((await enter('vendor')).status).toBe(200)
    const { items } = await (await admin.get('/api/audit?action=user.second_factor_reset')).json()
    expect(items).toMatchObject([{ actor: { name: '吴刚' }, entityId: people.vendor.id }])
  })
})

it('a role that must have one can do nothing but set it up, and not switch it off', async () => {
  await fresh.db.updateTable('user_account').set({ totp_secret: null, totp_enabled_at: null }).execute()
  const admin = await signedIn(http, 'admin', PASSWORD)
  const duty = await signedIn(http, 'duty', PASSWORD)
  expect((await admin.post('/api/sign-in-policy', { secondFactorRoles: ['workgroup'] })).status).toBe(200)
  expect(await problemOf(await duty.get('/api/users'))).toMatchObject({
    code: 'forbidden',
    detail: expect.stringMatching(/双因素/),
  })
  expect(await (await duty.get('/api/session')).json()).toMatchObject({ mustEnrolSecondFactor: true })
  const { secret } = await enrol(duty)
  expect((await duty.get('/api/users')).status).toBe(200)
  const off = await duty.post(`${PATH}/disable`, { password: PASSWORD, code: await codeOf(secret) })
  expect(await problemOf(off)).toMatchObject({ code: 'forbidden' })
  expect((await admin.get('/api/users')).status, 'another role').toBe(200)
})
