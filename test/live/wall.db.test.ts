import { afterAll, beforeAll, expect, it } from 'vitest'
import { commentAlert } from '../../server/alerts/service.ts'
import { connect } from '../../server/db/connect.ts'
import { createWallLink } from '../../server/users/wall-links.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { prepareDatabase } from '../support/database.ts'
import { makeAlert, makeSite } from '../support/make.ts'
import { makePeople, type People } from '../support/people.ts'
import { sessionWith } from '../support/session.ts'
import { watch } from '../support/watcher.ts'

let app: TestApp
let people: People
let alertId: number
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  const site = await makeSite(connection.db, {}, { next_visit_at: new Date(Date.parse('2027-01-01')) })
  alertId = (await makeAlert(connection.db, { site })).id
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())

it('a wall in the hall is told that somebody commented, not what; the desk hears it', async () => {
  const { key } = await createWallLink(app.context, people.duty, '大厅')
  const answer = await app.stranger.fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ wallKey: key }),
  })
  const [cookie = ''] = answer.headers.getSetCookie()
  const wall = await watch(sessionWith(app.url, { cookie: cookie.split(';')[0] ?? '' }), { rooms: ['wall'] })
  const desk = await watch(await app.signIn('duty'))
  await commentAlert(app.context, people.duty, alertId, {
    text: '电话 138 0000 0000',
    mentions: [people.vendor.id],
  })
  const isComment = (fact: { kind: string }) => fact.kind === 'alert.commented'
  const [shown, heard] = [
    await wall.fact('the comment', isComment),
    await desk.fact('the comment', isComment),
  ]
  expect(heard.data).toMatchObject({ text: '电话 138 0000 0000', mentions: [{ name: '何静' }] })
  expect(shown.data).toMatchObject({ text: null, mentions: [] })
  expect(wall.board.sites.size).toBe(1)
  wall.close()
  desk.close()
  const again = await watch(sessionWith(app.url, { cookie: cookie.split(';')[0] ?? '' }), { rooms: ['wall'] })
  expect(JSON.stringify(again.snapshots)).not.toContain('138 0000 0000')
  again.close()
})
