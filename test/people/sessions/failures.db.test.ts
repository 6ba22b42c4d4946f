import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Refusal } from '../../../server/base/refusal.ts'
import { createFailureLimit, listLockouts } from '../../../server/people/sessions/failures.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'

let fresh: FreshDatabase
let ctx: TestContext
beforeAll(async () => {
  fresh = await freshDatabase()
})
beforeEach(async () => {
  ctx = testContext(fresh)
  await fresh.db.deleteFrom('sign_in_failure').execute()
})
afterAll(() => fresh.drop())

const noted: number[] = []
const note = (seconds: number) => void noted.push(seconds)
const wrong = async () => null
const right = async () => 'signed in'

function limit() {
  const { clock } = ctx
  const failures = createFailureLimit(ctx)
  const attempt = (how: () => Promise<string | null>, address = '10.0.0.1', username = 'duty') =>
    failures.guard({ address, username }, note, how)
  const fail = async (times: number, address?: string, username?: string) => {
    for (let time = 0; time < times; time++) await attempt(wrong, address, username)
  }
  return { clock, failures, attempt, fail }
}
const tooMany = { code: 'too_many_requests' }

describe('wrong passwords', () => {
  it('ten are answered, the eleventh is not even looked at', async () => {
    const { attempt, fail } = limit()
    await fail(10)
    let looked = false
    const eleventh = attempt(async () => {
      looked = true
      return 'signed in'
    })
    await expect(eleventh).rejects.toMatchObject(tooMany)
    expect(looked).toBe(false)
  })

  it('are forgotten after a quarter of an hour, and it is said how long that is', async () => {
    const { clock, attempt, fail } = limit()
    await fail(10)
    clock.advance(5 * MINUTE)
    await expect(attempt(right)).rejects.toMatchObject({ message: expect.stringMatching(/in 10 min/) })
    expect(noted.at(-1)).toBe(600)
    clock.advance(10 * MINUTE)
    expect(await attempt(right)).toBe('signed in')
  })

  it('are forgotten with the right one', async () => {
    const { attempt, fail } = limit()
    await fail(9)
    expect(await attempt(right)).toBe('signed in')
    await fail(9)
    expect(await attempt(right)).toBe('signed in')
  })

  it('of one person shut out nobody else, and not that person at another desk', async () => {
    const { attempt, fail } = limit()
    await fail(10)
    expect(await attempt(right, '10.0.0.1', 'tianhe')).toBe('signed in')
    expect(await attempt(right, '10.0.0.2', 'duty')).toBe('signed in')
  })

  it('from one address for a thousand names leave each name there three tries, and nobody shut out', async () => {
    const { attempt, fail } = limit()
    await fail(1, '10.0.0.1', 'name-0')
    await fresh.db.updateTable('sign_in_failure').set({ failures: 999 }).where('username', '=', '').execute()
    await fail(3, '10.0.0.1', 'name-1')
    await expect(attempt(right, '10.0.0.1', 'name-1')).rejects.toMatchObject(tooMany)
    expect(await attempt(right, '10.0.0.1', 'duty')).toBe('signed in')
    expect(await attempt(right, '10.0.0.2', 'name-1')).toBe('signed in')
  })

  it('from many addresses for one name: each further one doubles the wait, up to five minutes', async () => {
    const { clock, attempt, fail } = limit()
    const from = (n: number) => `10.1.${n >> 8}.${n & 255}`
    for (let n = 0; n < 30; n++) await fail(1, from(n))
    const waits = []
    for (let n = 30; n < 42; n++) {
      await fail(1, from(n))
      await expect(attempt(right, '10.9.9.9')).rejects.toMatchObject(tooMany)
      waits.push(noted.at(-1) ?? 0)
      clock.advance((noted.at(-1) ?? 0) * 1000)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
    expect(await attempt(right, '10.9.9.9')).toBe('signed in')
    expect(await attempt(right, '10.9.9.9', 'tianhe')).toBe('signed in')
  })

  it('of strangers do not count against a device that the name has signed in on', async () => {
    const { failures, attempt, fail } = limit()
    await fail(10)
    for (let n = 0; n < 40; n++) await attempt(wrong, `10.1.0.${n}`).catch(() => null)
    const known = (how: () => Promise<string | null>, device = 'd1') =>
      failures.guard({ address: '10.0.0.1', device, username: 'duty' }, note, how)
    expect(await known(right)).toBe('signed in')
    for (let time = 0; time < 10; time++) await known(wrong)
    await expect(known(right), 'a stolen device guesses no more than others').rejects.toMatchObject(tooMany)
    expect(await known(right, 'd2')).toBe('signed in')
  })

  it('do not stop who has both the password and the code right, and tell nobody else which was', async () => {
    const { failures, fail } = limit()
    await fail(10)
    const doubly = (how: () => Promise<string | null>) =>
      failures.guard({ address: '10.0.0.1', username: 'duty' }, note, wrong, how)
    expect(await doubly(right)).toBe('signed in')
    await expect(doubly(wrong)).rejects.toMatchObject(tooMany)
    await expect(
      doubly(() => Promise.reject(new Refusal('second_factor', 'sessions.codeWrong'))),
    ).rejects.toMatchObject(tooMany)
  })

  it('from one IPv6 network count together, as does IPv4 written as IPv6', async () => {
    const { attempt, fail } = limit()
    for (let host = 1; host <= 10; host++) await fail(1, `2001:db8:1:2::${host}`)
    await expect(attempt(right, '2001:db8:1:2::ffff')).rejects.toMatchObject(tooMany)
    expect(await attempt(right, '2001:db8:1:3::1')).toBe('signed in')
    await fail(10, '::ffff:10.0.0.9')
    await expect(attempt(right, '10.0.0.9')).rejects.toMatchObject(tooMany)
  })

  it('sent all at once do not slip through together', async () => {
    const { attempt } = limit()
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => attempt(wrong)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  })

  it('fifty right ones at once are no attack', async () => {
    const { attempt } = limit()
    const results = await Promise.all(Array.from({ length: 50 }, () => attempt(right)))
    expect(results.every((result) => result === 'signed in')).toBe(true)
  })

  it('an attempt that breaks (a lost database) is no wrong password, and the next one has its turn', async () => {
    const { attempt } = limit()
    for (let time = 0; time < 20; time++) {
      await expect(attempt(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
    }
    expect(await attempt(right)).toBe('signed in')
  })

  it('are known to every process, and after a restart', async () => {
    await limit().fail(10)
    await expect(limit().attempt(right)).rejects.toMatchObject(tooMany)
  })

  it('shut out for twice as long each time, until a day has passed', async () => {
    const { clock, attempt, fail } = limit()
    const lockout = async () => {
      await fail(10)
      await expect(attempt(right)).rejects.toMatchObject(tooMany)
      clock.advance((noted.at(-1) ?? 0) * 1000)
      return (noted.at(-1) ?? 0) / 60
    }
    const minutes = []
    for (let time = 0; time < 6; time++) minutes.push(await lockout())
    expect(minutes).toEqual([15, 30, 60, 120, 240, 240])
    clock.advance(24 * 60 * MINUTE)
    expect(await lockout()).toBe(15)
  })

  it('are listed while somebody is shut out, by name and network', async () => {
    const { clock, fail } = limit()
    await fail(9)
    await fail(10, '2001:db8:1:2::1', 'tianhe')
    expect(await listLockouts(ctx)).toMatchObject([
      { username: 'tianhe', network: '2001:db8:1:2::/64', failures: 10 },
    ])
    clock.advance(15 * MINUTE)
    expect(await listLockouts(ctx)).toEqual([])
  })
})
