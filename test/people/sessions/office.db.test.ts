import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTurns } from '../../../server/base/turns.ts'
import { isPassword } from '../../../server/people/sessions/secrets.ts'
import { startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, PASSWORD } from '../../support/people.ts'

/* One address, as an office has it: what one infected machine does there must not shut out the duty room. */

let fresh: FreshDatabase
let http: TestHttp
beforeAll(async () => {
  fresh = await freshDatabase()
  await makePeople(fresh.db)
  http = await startHttp(fresh)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const signIn = (username: string, password: string, cookie = '') =>
  fetch(`${http.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
    body: JSON.stringify({ username, password }),
  })
const deviceOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .find((line) => line.startsWith('siteward.device='))
    ?.split(';')[0] ?? ''

describe('an infected machine behind the address of an office', () => {
  it('shuts out only names that it tries, and not where they have signed in before', async () => {
    const before = await signIn('duty', PASSWORD)
    const device = deviceOf(before)
    expect(device).not.toBe('')
    expect(before.headers.getSetCookie()[0], 'the session comes first').toMatch(/^siteward\.sid=/)
    for (let n = 0; n < 130; n++) await signIn(n % 2 ? `nobody-${n}` : 'duty', 'wrong')
    expect((await signIn('duty', PASSWORD)).status, 'at a new machine').toBe(429)
    expect((await signIn('duty', PASSWORD, device)).status, 'at the own machine').toBe(200)
    expect((await signIn('tianhe', PASSWORD)).status, 'a colleague, at a new machine').toBe(200)
  })

  it('gains nothing from a cookie of its own making, or of another name', async () => {
    const own = deviceOf(await signIn('viewer', PASSWORD))
    const forged = own.replace(/~.*/, `~${'A'.repeat(43)}`)
    expect((await signIn('duty', PASSWORD, own)).status).toBe(429)
    expect((await signIn('duty', PASSWORD, forged)).status).toBe(429)
    const both = deviceOf(await signIn('colleague', PASSWORD, own))
    expect((await signIn('viewer', 'wrong', both)).status).toBe(401)
  })

  it('cannot darken a wall with wrong keys', async () => {
    const admin = await http.client()
    await admin.post('/api/session', { username: 'admin', password: PASSWORD })
    const { key } = (await (await admin.post('/api/wall-links', { label: '大厅' })).json()) as { key: string }
    const enter = (wallKey: string) => http.client().post('/api/session', { wallKey })
    for (let n = 0; n < 20; n++) expect((await enter(`wrong-${n}`)).status).toBe(401)
    expect((await enter(key)).status).toBe(200)
  })
})

describe('passwords are compared', () => {
  it('two at a time, people of known devices first, and a flood is turned away', async () => {
    const turns = createTurns(2, 3, 'sessions.manyPeopleSigningJustNow')
    const order: string[] = []
    let running = 0
    let most = 0
    const task = (name: string) => async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running -= 1
      order.push(name)
    }
    const strangers = ['s1', 's2', 's3', 's4', 's5'].map((name) => turns.run('stranger', task(name)))
    const known = turns.run('known', task('known'))
    await expect(turns.run('stranger', task('s6'))).rejects.toMatchObject({ code: 'too_many_requests' })
    await Promise.all([...strangers, known])
    expect(most).toBe(2)
    expect(order.slice(0, 3)).toContain('known')
    await turns.run('stranger', task('later'))
    expect(order.at(-1)).toBe('later')
  })

  it('also for a name that nobody has', async () => {
    expect(await isPassword(undefined, 'x')).toBe(false)
    expect(await isPassword('!', 'x')).toBe(false)
  })
})
