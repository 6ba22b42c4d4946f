import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { setupSteps, skipStep } from '../../../server/desk/setup/service.ts'
import { createWallLink } from '../../../server/people/rights/wall-links.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { addUser, cheapHash } from '../../support/people.ts'
import type { Session } from '../../support/session.ts'

/* The first administrator of an empty installation, who knows nothing but the password that the start printed. */

let app: TestApp
let admin: Session
let adminId: number
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  const password_hash = await cheapHash()
  const user = { username: 'admin', name: '吴刚', role: 'admin', password_hash } as const
  adminId = (await addUser(connection.db, user, { kind: 'city' })).id
  await connection.close()
  app = await startTestApp({ database })
  admin = await app.signIn('admin')
})
afterAll(() => app.stop())

async function steps(): Promise<Record<string, string>> {
  const all = (await (await admin.fetch('/api/setup')).json()) as { step: string; state: string }[]
  return Object.fromEntries(all.map(({ step, state }) => [step, state]))
}
const post = (step: string, skipped: boolean) =>
  admin.fetch(`/api/setup/${step}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify({ skipped }),
  })
const account = async (username: string, role: 'district' | 'workgroup', district?: string) =>
  addUser(
    app.context.db,
    { username, name: username, role, password_hash: await cheapHash() },
    district ? { kind: 'district', district } : { kind: 'city' },
  )

test('an empty installation lacks all five, in the order in which they are done', async () => {
  expect(Object.entries(await steps())).toEqual(
    ['register', 'districts', 'people', 'channels', 'wall'].map((step) => [step, 'missing']),
  )
})

test('a step is done by itself when the fact is there, and wanted again when it has gone', async () => {
  const { db } = app.context
  await makeSite(db, { district: '440106' })
  await makeSite(db, { district: '440105' })
  await makeSite(db, { district: '4401-dept' })
  expect(await steps()).toMatchObject({ register: 'done', districts: 'missing' })

  await account('tianhe', 'district', '440106')
  const answer = await (await admin.fetch('/api/setup')).json()
  expect(answer, 'the sites of the city itself are looked after by the working group').toContainEqual({
    step: 'districts',
    state: 'missing',
    lacking: 1,
  })
  const haizhu = await account('haizhu', 'district', '440105')
  await account('duty', 'workgroup')
  expect(await steps()).toMatchObject({ districts: 'done', people: 'done', channels: 'missing' })

  await db
    .updateTable('user_account')
    .set({ disabled_at: new Date(0) })
    .where('id', '=', haizhu.id)
    .execute()
  expect(await steps()).toMatchObject({ districts: 'missing' })
  await db.updateTable('user_account').set({ disabled_at: null }).where('id', '=', haizhu.id).execute()

  const by = { id: adminId, name: '吴刚' }
  await createWallLink(app.context, by, '大厅')
  expect(await steps()).toMatchObject({ wall: 'done' })
})

test('what somebody does without is kept in the installation, is in the audit once, and can be taken up again', async () => {
  expect((await post('channels', true)).status).toBe(200)
  await post('channels', true)
  expect(await steps()).toMatchObject({ channels: 'skipped' })
  expect(Object.values(await steps())).not.toContain('missing')
  const audit = await (await admin.fetch('/api/audit?action=setup.skipped')).json()
  expect(audit.items.map(({ detail }: { detail: unknown }) => detail)).toEqual([{ step: 'channels' }])
  await post('channels', false)
  expect(await steps()).toMatchObject({ channels: 'missing' })
})

test('two administrators who skip different steps at once lose neither', async () => {
  await Promise.all([post('channels', true), post('register', true)])
  await app.context.db.deleteFrom('setting').where('key', '=', 'setup').execute()
  await Promise.all([post('channels', true), post('wall', true), post('people', true)])
  const row = await app.context.db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', 'setup')
    .executeTakeFirstOrThrow()
  expect([...(row.value as string[])].sort()).toEqual(['channels', 'people', 'wall'])
})

test('the demo has one question and no steps, and a real installation no demo', async () => {
  const by = { id: adminId, name: '吴刚' }
  expect(await setupSteps(app.context.db, true)).toEqual([{ step: 'demo', state: 'missing', lacking: 0 }])
  const looked = await skipStep(app.context, by, { step: 'demo', skipped: true, isDemo: true })
  expect(looked).toEqual([{ step: 'demo', state: 'skipped', lacking: 0 }])
  await expect(skipStep(app.context, by, { step: 'wall', skipped: true, isDemo: true })).rejects.toThrow()
  const refused = await post('demo', true)
  expect([refused.status, (await refused.json()).detail]).toEqual([
    409,
    'There is no such step now: the demo has no steps, and a real installation no demo.',
  ])
})
