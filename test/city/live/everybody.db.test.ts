import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { HOUR } from '../../../shared/base/time.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { watch } from '../../support/product/watcher.ts'
import { until } from '../../support/until.ts'

let app: TestApp
let people: People
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  await makeSite(connection.db, { unit_id: people.unitId })
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())

it('what concerns everybody is heard in every district and unit, and found in their timelines afterwards', async () => {
  const desks = await Promise.all(
    (['duty', 'haizhu', 'owner'] as const).map(async (key) => {
      const session = await app.signIn(key)
      return { session, desk: await watch(session, { rooms: (await session.call('session')).rooms }) }
    }),
  )
  const duty = await app.signIn('duty')
  const body = {
    district: null,
    text: '今晚云平台维护',
    until: new Date(app.clock.now() + HOUR).toISOString(),
  }
  const { id } = await duty.call('postAnnouncement', { body })
  for (const { session, desk } of desks) {
    await until('it is heard', () => desk.facts.some(({ kind }) => kind === 'announcement.posted'))
    const { items } = await session.call('facts', { query: {} })
    expect(items.map(({ kind }) => kind)).toContain('announcement.posted')
    expect((await session.call('banners')).map((banner) => banner.id)).toEqual([id])
  }
})
