import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { FactTail } from '../../../server/city/board/tail.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { listen, watch } from '../../support/product/watcher.ts'
import type { Session } from '../../support/session.ts'
import { until } from '../../support/until.ts'
import { visitOf } from '../../support/visits/visited.ts'

let app: TestApp
let tianhe: MadeSite
let haizhu: MadeSite
let duty: Session

/** Far away, so that the app's own monitor leaves the sites of the story alone. */
const later = { next_visit_at: new Date(Date.parse('2027-01-01')) }

beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  await makePeople(connection.db)
  tianhe = await makeSite(connection.db, { name: '天河区甲' }, later)
  haizhu = await makeSite(connection.db, { name: '海珠区乙', district: '440105' }, later)
  await connection.close()
  // Without a monitor, which would visit the sites of the story.
  app = await startTestApp({ database, args: ['--role', 'web'] })
  duty = await app.signIn('duty')
})
afterAll(() => app.stop())

/** Three misses are an outage, two visits the end of it. */
async function visits(site: MadeSite, fault?: 'timeout'): Promise<void> {
  for (let n = fault ? 3 : 2; n > 0; n--) {
    const visited = visitOf(site, app.clock.advance(5 * SECOND), fault)
    await recordVisits(app.context, [{ ...visited, extra: true }])
  }
}

/** How far a standby is, that is behind from now on: all that this story changes. */
async function standbyOf(db: Db) {
  const { seq } = await db.selectFrom('fact_counter').select('seq').executeTakeFirstOrThrow()
  const { id } = await db
    .selectFrom('alert')
    .select((eb) => eb.fn.coalesce(eb.fn.max('id'), eb.lit(0)).as('id'))
    .executeTakeFirstOrThrow()
  const { state, availability, cause, fail_streak, ok_streak } = tianhe.status
  return { seq, alertId: id, well: { state, availability, cause, fail_streak, ok_streak } }
}

/** It takes over, and what it had not heard of has not been. */
async function takesOver(db: Db, { seq, alertId, well }: Awaited<ReturnType<typeof standbyOf>>) {
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('fact_counter').set({ seq }).execute()
    await tx.deleteFrom('fact').where('seq', '>', seq).execute()
    await tx.deleteFrom('alert').where('id', '>', alertId).execute()
    await tx.updateTable('site_state').set(well).execute()
  })
}

it('when the log goes back nobody is left with what is not in it any more, though nothing is told since', async () => {
  const { db } = app.context
  const standby = await standbyOf(db)
  await visits(haizhu, 'timeout')
  const wall = await watch(duty)
  const { seq } = wall.board
  const shown = () => [
    wall.board.sites.get(haizhu.id)?.state,
    [...wall.board.alerts.values()].some(({ rule, siteId }) => rule === 'DOWN' && siteId === haizhu.id),
  ]
  expect(shown()).toEqual(['down', true])
  await takesOver(db, standby)
  await until('it is told the whole', () => wall.snapshots.length > 1)
  expect(wall.board.seq).toBeLessThan(seq)
  expect(shown()).toEqual(['healthy', false])
  await until('pulses say so', () => wall.pulses.at(-1)?.seq === wall.board.seq)
  wall.close()
})

it('a log that went back and has grown past is another: what was told since is heard, and nobody goes on from what is lost', async () => {
  const { db } = app.context
  const standby = await standbyOf(db)
  await visits(haizhu, 'timeout')
  const wall = await watch(duty)
  const lost = wall.board.seq
  const gone = listen(duty, ['websocket'], true)
  await until('it is connected', () => gone.socket.connected)
  // The process hears of nothing until it is reached again.
  const away = vi.spyOn(FactTail.prototype, 'wake').mockImplementation(() => {})
  onTestFinished(() => away.mockRestore())
  await takesOver(db, standby)
  await visits(tianhe, 'timeout')
  away.mockRestore()
  await until('the lost outage is off the wall', () => wall.board.sites.get(haizhu.id)?.state === 'healthy')
  expect(wall.board.sites.get(tianhe.id)?.state).toBe('down')
  expect(wall.board.seq).toBeGreaterThanOrEqual(lost)
  expect(await gone.subscribe(['city'], lost)).toMatchObject({ ok: true, snapshot: true })
  await visits(tianhe)
  await wall.fact('facts go on', (fact) => fact.kind === 'alert.resolved' && fact.siteId === tianhe.id)
  for (const one of [wall, gone]) one.close()
})

it('a replay shows the past that the log has now, not the one that it had', async () => {
  const { db } = app.context
  app.clock.advance(MINUTE)
  const [first, second] = [await makeSite(db, {}, later), await makeSite(db, {}, later)]
  const standby = await standbyOf(db)
  const past = async () => {
    const { seq, alerts } = await duty.call('cityAt', {
      query: { at: new Date(app.clock.now()).toISOString() },
    })
    const down = alerts.flatMap(({ rule, siteId }) => (rule === 'DOWN' ? siteId : []))
    return { seq, down }
  }
  await visits(first, 'timeout')
  const before = await past()
  expect(before.down).toEqual([first.id])
  await takesOver(db, standby)
  await visits(second, 'timeout')
  expect(await past()).toEqual({ seq: before.seq, down: [second.id] })
})
