import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseConfig } from '../../../server/base/config.ts'
import { ConfigError } from '../../../server/base/config-error.ts'
import { CannotOpen, open, seal } from '../../../server/base/secrets/box.ts'
import { rotate } from '../../../server/base/secrets/cli.ts'
import { loadKeys, newKey, type SecretKeys, writeKeys } from '../../../server/base/secrets/keys.ts'
import { startSecrets } from '../../../server/base/secrets/start.ts'
import { countByKey, openChannel } from '../../../server/base/secrets/stored.ts'
import { createChannel } from '../../../server/desk/notifications/channels/channels.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
const folder = mkdtempSync(join(tmpdir(), 'siteward-keys-'))
const log = pino({ level: 'silent' })
const URL_WITH_KEY = 'https://oapi.dingtalk.com/robot/send?access_token=very-secret-token'

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(async () => {
  await fresh.drop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await fresh.db.deleteFrom('notification_channel').where('kind', '<>', 'inbox').execute()
  await fresh.db.updateTable('user_account').set({ totp_secret: null, totp_enabled_at: null }).execute()
})

const withKeys = (secretKeys: SecretKeys) => ({ ...ctx, config: { ...ctx.config, secretKeys } })
const embedded = (env: Record<string, string> = {}) => parseConfig({ DATA_DIR: folder, ...env }, [])
const own = (env: Record<string, string> = {}) =>
  embedded({ DATABASE_URL: 'postgres://x@127.0.0.1/x', ...env })
const robot = {
  kind: 'dingtalk',
  name: '值班群',
  hourlyCap: 20,
  url: URL_WITH_KEY,
  secret: 'SEC-0123456789',
} as const
const makeChannel = (keys: SecretKeys) => createChannel(withKeys(keys), people.admin, robot)
const setTotp = (text: string) =>
  fresh.db.updateTable('user_account').set({ totp_secret: text }).where('id', '=', people.duty.id).execute()

/** All that the database holds of secrets. */
async function stored() {
  const channels = await fresh.db
    .selectFrom('notification_channel')
    .select('secrets')
    .where('kind', '<>', 'inbox')
    .execute()
  const users = await fresh.db
    .selectFrom('user_account')
    .select('totp_secret')
    .where('id', '=', people.duty.id)
    .execute()
  return {
    channel: channels[0]?.secrets ?? {},
    totp: users[0]?.totp_secret ?? '',
    text: JSON.stringify([channels, users]),
  }
}

describe('a secret', () => {
  const keys: SecretKeys = { all: [newKey()], file: null }
  it('that is sealed is read only with the key, for its purpose, and as it was', () => {
    const sealed = seal(keys, 'totp:1', 'JBSWY3DPEHPK3PXP')
    expect(sealed).not.toContain('JBSWY3DPEHPK3PXP')
    expect(seal(keys, 'totp:1', 'JBSWY3DPEHPK3PXP')).not.toBe(sealed)
    expect(open(keys, 'totp:1', sealed)).toBe('JBSWY3DPEHPK3PXP')
    expect(() => open(keys, 'totp:2', sealed)).toThrow(CannotOpen)
    expect(() => open({ all: [newKey()], file: null }, 'totp:1', sealed)).toThrow(CannotOpen)
    const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`
    expect(() => open(keys, 'totp:1', changed)).toThrow(CannotOpen)
    expect(open(keys, 'totp:1', 'plain')).toBe('plain')
  })
})

describe('at start', () => {
  it('the embedded database gets a key of its own, which only its owner may read', async () => {
    const keys = await startSecrets(embedded(), fresh.db, log)
    expect(statSync(join(folder, 'secrets.key')).mode & 0o777).toBe(0o600)
    expect(loadKeys(embedded()).all).toEqual(keys.all)
    await makeChannel(keys)
    const { channel, text } = await stored()
    expect(text).not.toContain('very-secret-token')
    expect(text).not.toContain('SEC-0123456789')
    expect(openChannel(keys, channel)).toEqual({ url: URL_WITH_KEY, secret: robot.secret })
  })

  it('what an earlier version left plain is sealed', async () => {
    await makeChannel({ all: [], file: null })
    await setTotp('JBSWY3DPEHPK3PXP')
    expect((await stored()).text).toContain('very-secret-token')
    const keys = await startSecrets(embedded(), fresh.db, log)
    const { channel, totp, text } = await stored()
    expect(text).not.toMatch(/very-secret-token|JBSWY3DPEHPK3PXP/)
    expect(open(keys, `totp:${people.duty.id}`, totp)).toBe('JBSWY3DPEHPK3PXP')
    expect(openChannel(keys, channel)).toMatchObject({ url: URL_WITH_KEY })
  })

  it('a wrong key, or none, is said clearly, and nothing is lost', async () => {
    await makeChannel(await startSecrets(embedded(), fresh.db, log))
    const before = await stored()
    const wrong = own({ SECRETS_KEY: newKey().bytes.toString('base64') })
    for (const config of [wrong, own()]) {
      await expect(startSecrets(config, fresh.db, log)).rejects.toThrow(ConfigError)
      await expect(startSecrets(config, fresh.db, log)).rejects.toThrow(/sealed by the key .*SECRETS_KEY/)
    }
    expect(await stored()).toEqual(before)
  })

  it('without a key on a database of one’s own it goes on, and the log says what lies unencrypted', async () => {
    await makeChannel({ all: [], file: null })
    const lines: string[] = []
    const told = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
    expect((await startSecrets(own(), fresh.db, told)).all).toEqual([])
    expect(lines.join()).toMatch(/"plain":1.*SECRETS_KEY/)
  })

  it.each(['short', 'A'.repeat(44), ' , '])('what is no key is refused: %s', (SECRETS_KEY) => {
    expect(() => loadKeys(own({ SECRETS_KEY }))).toThrow(/32 random bytes/)
  })
})

describe('rotating', () => {
  it('seals everything by a new key, and what runs meanwhile by the old one opens after its restart', async () => {
    const before = await startSecrets(embedded(), fresh.db, log)
    await makeChannel(before)
    await setTotp(seal(before, `totp:${people.duty.id}`, 'JBSWY3DPEHPK3PXP'))
    expect(await rotate(fresh.db, before)).toBe(2)
    const after = loadKeys(embedded())
    expect(after.all.slice(1)).toEqual(before.all.slice(0, 1))
    expect([...(await countByKey(fresh.db)).keys()]).toEqual([after.all[0]?.id])
    const { channel, totp } = await stored()
    expect(open(after, `totp:${people.duty.id}`, totp)).toBe('JBSWY3DPEHPK3PXP')
    expect(openChannel(after, channel)).toMatchObject({ url: URL_WITH_KEY })
    expect(() => openChannel(before, channel)).toThrow(CannotOpen)
    // A process that has not been restarted.
    await setTotp(seal(before, `totp:${people.duty.id}`, 'KRSXG5CTMVRXEZLU'))
    const restarted = await startSecrets(embedded(), fresh.db, log)
    expect(open(restarted, `totp:${people.duty.id}`, (await stored()).totp)).toBe('KRSXG5CTMVRXEZLU')
  })

  it('gives up a key that seals nothing any more the time after', async () => {
    const first = await startSecrets(embedded(), fresh.db, log)
    await makeChannel(first)
    await rotate(fresh.db, loadKeys(embedded()))
    const second = loadKeys(embedded())
    await rotate(fresh.db, second)
    const third = loadKeys(embedded())
    expect(third.all.slice(1)).toEqual(second.all.slice(0, 1))
    expect(openChannel(third, (await stored()).channel)).toMatchObject({ url: URL_WITH_KEY })
  })

  it.runIf(process.getuid?.() === 0)(
    'by root leaves the file to the user of the service, as readable as it was',
    () => {
      const file = join(folder, 'service.key')
      writeKeys(file, [newKey()])
      expect(statSync(file).mode & 0o777).toBe(0o600)
      chownSync(file, 54_321, 54_322)
      chmodSync(file, 0o640)
      writeKeys(file, [newKey()])
      expect(statSync(file)).toMatchObject({ uid: 54_321, gid: 54_322 })
      expect(statSync(file).mode & 0o777).toBe(0o640)
      expect(readdirSync(folder).filter((name) => name.startsWith('service'))).toEqual(['service.key'])
    },
  )

  it.runIf(process.getuid?.() === 0)(
    'by the user of the service is no matter of the group of the file, where that may not read it',
    () => {
      const file = join(folder, 'group.key')
      writeKeys(file, [newKey()])
      const { uid, gid } = statSync(file)
      chownSync(file, uid, 54_322)
      writeKeys(file, [newKey()])
      expect(statSync(file)).toMatchObject({ uid, gid })
    },
  )

  it('that is cut off between the file and the database leaves both keys, and starts again', async () => {
    const before = await startSecrets(embedded(), fresh.db, log)
    await makeChannel(before)
    const file = join(folder, 'secrets.key')
    writeFileSync(file, `${newKey().bytes.toString('base64')}\n${readFileSync(file, 'utf8')}`)
    const keys = await startSecrets(embedded(), fresh.db, log)
    expect(openChannel(keys, (await stored()).channel)).toMatchObject({ url: URL_WITH_KEY })
    expect(await rotate(fresh.db, keys)).toBe(1)
  })
})
