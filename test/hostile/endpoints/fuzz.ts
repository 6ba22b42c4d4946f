import { Agent, request } from 'node:http'
import type { Db } from '../../../server/base/db/database.ts'
import { PASSWORD } from '../../support/people.ts'
import { signIn } from '../../support/session.ts'
import { Chance } from '../chance.ts'
import { type HostileRequest, hostileRequest } from './requests.ts'

export interface FuzzOptions {
  readonly origin: string
  readonly db: Db
  readonly usernames: readonly string[]
  readonly count: number
  readonly seed: number
  readonly say?: (text: string) => void
}

export interface FuzzResult {
  readonly requests: number
  readonly statuses: Record<string, number>
  /** What was answered by a bug of ours, or not at all. */
  readonly bugs: readonly string[]
  readonly largest: { bytes: number; request: string }
  readonly slowest: { ms: number; request: string }
}

/** So many requests are under way at once. */
const LANES = 6
const ANSWER_MS = 30_000

/** Sends hostile requests to every endpoint, as each of some people in turn. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { count, seed, usernames, say = () => {} } = options
  const chance = new Chance(seed)
  const agent = new Agent({ keepAlive: true, maxSockets: LANES })
  const sessions = new Map<string, Promise<string>>()
  const statuses: Record<string, number> = {}
  const bugs: string[] = []
  const largest = { bytes: 0, request: '' }
  const slowest = { ms: 0, request: '' }
  const cookieOf = (username: string) => {
    const known = sessions.get(username) ?? enter(options, username)
    sessions.set(username, known)
    return known
  }
  let sent = 0
  async function lane(): Promise<void> {
    while (sent < count) {
      const number = sent++
      if (number % 5_000 === 0) say(`${number} of ${count}`)
      const username = usernames[number % usernames.length] ?? ''
      const one = hostileRequest(chance)
      const name = `${username} ${one.method} ${one.path.slice(0, 300)} ${String(one.body ?? '').slice(0, 400)}`
      const began = performance.now()
      const answer = await send(options.origin, agent, one, await cookieOf(username)).catch(
        (error: Error) => ({ status: 0, bytes: 0, text: error.message }),
      )
      const ms = performance.now() - began
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      if (answer.status === 500 || answer.status === 0) bugs.push(`${name} → ${answer.text}`)
      if (answer.bytes > largest.bytes) Object.assign(largest, { bytes: answer.bytes, request: name })
      if (ms > slowest.ms) Object.assign(slowest, { ms, request: name })
      // Somebody's rights were changed, or the session was ended, by one of these requests.
      if (answer.status === 401) sessions.delete(username)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  agent.destroy()
  return { requests: sent, statuses, bugs, largest, slowest }
}

/** What each attacker's account was before anything was sent. */
const rights = new Map<string, object>()

/**
 * Signs in; what hostile requests have made of the account (its role, its password) is put back first. Another lane
 * may undo that at once, hence a few tries.
 */
async function enter(options: FuzzOptions, username: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    await restore(options.db, username)
    try {
      return (await signIn(options.origin, username, PASSWORD)).cookie
    } catch (error) {
      if (attempt === 20) throw error
    }
  }
}

async function restore(db: Db, username: string): Promise<void> {
  const known =
    rights.get(username) ??
    (await db
      .selectFrom('user_account')
      .select(['role', 'district', 'unit_id', 'more_districts', 'more_unit_ids', 'password_hash'])
      .where('username', '=', username)
      .executeTakeFirstOrThrow())
  rights.set(username, known)
  const whole = { disabled_at: null, must_change_password: false, totp_enabled_at: null, totp_secret: null }
  await db
    .updateTable('user_account')
    .set({ ...known, ...whole })
    .where('username', '=', username)
    .execute()
  await db.deleteFrom('sign_in_failure').execute()
  await db.deleteFrom('setting').where('key', '=', 'second_factor_roles').execute()
}

function send(origin: string, agent: Agent, one: HostileRequest, cookie: string) {
  return new Promise<{ status: number; bytes: number; text: string }>((resolve, reject) => {
    const { method, path, headers, body } = one
    const req = request(`${origin}${path}`, { method, agent, headers: { ...headers, cookie } }, (res) => {
      let [bytes, text] = [0, '']
      res.on('data', (part: Buffer) => {
        bytes += part.length
        if (text.length < 300) text += part.toString('latin1').slice(0, 300)
      })
      res.on('end', () => resolve({ status: res.statusCode ?? 0, bytes, text: text.slice(0, 300) }))
      res.on('error', reject)
    })
    req.setTimeout(ANSWER_MS, () => req.destroy(new Error(`no answer within ${ANSWER_MS} ms`)))
    req.on('error', reject)
    req.end(body ?? undefined)
  })
}
