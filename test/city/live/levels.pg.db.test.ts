import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { DAY, SECOND } from '../../../shared/base/time.ts'
import { countsIn } from '../../../shared/city/counts-rules.ts'
import type { StateCounts } from '../../../shared/register/sites/states.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { TUESDAY } from '../../support/clock.ts'
import { prepareDatabase } from '../../support/database.ts'
import { watch } from '../../support/product/watcher.ts'
import { makeNation } from '../../support/registers/nation.ts'
import type { Session } from '../../support/session.ts'
import { until } from '../../support/until.ts'
import { visitOf } from '../../support/visits/visited.ts'

/** A few for each county of China: far more than a screen can show. */
const SITES = 4_000
const GUANGDONG = '440000'
const GUANGZHOU = '440100'
const TIANHE = '440106'

let app: TestApp
let duty: Session

beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  const { db } = connection
  await makeNation(db, SITES)
  await sql`update site set created_at = ${new Date(TUESDAY - DAY)}`.execute(db)
  await connection.close()
  // Without a monitor: it would find that none of these sites can be reached, and doubt its own line.
  app = await startTestApp({ database, args: ['--role', 'web'] })
  duty = await app.signIn('duty')
})
afterAll(() => app.stop())

const totalOf = (counts: StateCounts | undefined) =>
  Object.values(counts ?? {}).reduce((sum, n) => sum + n, 0)
const all = (counts: Iterable<StateCounts>) => [...counts].reduce((sum, one) => sum + totalOf(one), 0)

describe('the board of a nation', () => {
  it('is its provinces with their sites by state, and what matters most of the rest: no browser holds the sites', async () => {
    const wall = await watch(duty)
    const [snapshot] = wall.snapshots
    expect(wall.board.sites.size).toBe(0)
    expect(snapshot?.level?.counts).toHaveLength(31)
    expect(all(wall.board.counts.values())).toBe(SITES)
    expect(snapshot?.level?.figures.alerts).toBe(SITES / 50)
    expect(JSON.stringify(snapshot).length).toBeLessThan(60_000)
    expect(wall.complaints).toEqual([])
    wall.close()
  })

  it('leads a level down: a province by its cities, a city by its districts, a district by its sites', async () => {
    const province = await watch(duty, { rooms: [`region:${GUANGDONG}`] })
    expect(province.snapshots[0]?.node?.place.name).toBe('广东省')
    expect(province.snapshots[0]?.groups.map(({ name }) => name)).toContain('广州市')
    const city = await watch(duty, { rooms: [`region:${GUANGZHOU}`] })
    expect(city.snapshots[0]?.node?.above.map(({ code }) => code)).toEqual([GUANGDONG, '000000'])
    const inCity = [...city.board.sites.values()].filter(({ district }) => district === TIANHE)
    const district = await watch(duty, { rooms: [`region:${TIANHE}`] })
    expect([...district.board.sites.keys()]).toEqual(inCity.map(({ id }) => id))
    expect(inCity.length).toBeGreaterThan(0)
    expect(totalOf(province.board.counts.get(GUANGZHOU))).toBe(city.board.sites.size)
    for (const one of [province, city, district]) one.close()
  })

  it('follows facts: at each level a site that goes down is one more of its part, and an alert is named by that part', async () => {
    const { id } = await app.context.db
      .selectFrom('site')
      .select('id')
      .where('division', '=', TIANHE)
      .orderBy('id')
      .executeTakeFirstOrThrow()
    const site = await app.context.db
      .selectFrom('site')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const levels = [
      { rooms: ['city'], part: GUANGDONG },
      { rooms: [`region:${GUANGDONG}`], part: GUANGZHOU },
      { rooms: [`region:${GUANGZHOU}`], part: TIANHE },
    ]
    const watchers = await Promise.all(levels.map(({ rooms }) => watch(duty, { rooms })))
    const before = watchers.map(({ board }, at) => board.counts.get(levels[at]!.part)?.down ?? 0)
    for (let n = 0; n < 3; n++) {
      const atMs = app.clock.advance(5 * SECOND)
      await recordVisits(app.context, [{ ...visitOf({ ...site, id }, atMs, 'timeout'), extra: true }])
    }
    const heard = await Promise.all(
      watchers.map((one) =>
        one.fact('the alert', (fact) => fact.kind === 'alert.opened' && fact.siteId === id),
      ),
    )
    expect(heard.map(({ district }) => district)).toEqual(levels.map(({ part }) => part))
    const after = watchers.map(({ board }, at) => board.counts.get(levels[at]!.part)?.down ?? 0)
    expect(after).toEqual(before.map((n) => n + 1))
    const fresh = await watch(duty, { rooms: [`region:${GUANGDONG}`] })
    const told = () => JSON.stringify([...(watchers[1]?.board.counts ?? [])].sort())
    await until(
      'who was here has what who comes now is given',
      () => told() === JSON.stringify([...fresh.board.counts].sort()),
    )
    for (const one of [...watchers, fresh]) one.close()
  })

  it('is in the replay what it was: the provinces with their sites by state, which facts go on from', async () => {
    const past = await duty.call('cityAt', { query: { at: new Date(app.clock.now()).toISOString() } })
    expect(past.sites).toEqual([])
    const replayed = new Map(past.level && countsIn(past.level))
    expect([replayed.size, all(replayed.values())]).toEqual([31, SITES])
    expect(replayed.get(GUANGDONG)?.down).toBe(1)
    expect(past.level?.figures).toMatchObject({ alerts: 1, waiting: 1 })
  })

  it('is for a province its own and no other: what its scope covers, however many sites that is', async () => {
    const office = await app.signIn('tianhe')
    const own = await watch(office, { rooms: [`district:${GUANGDONG}`] })
    expect([...own.board.counts.keys()]).toEqual([GUANGDONG])
    const below = await watch(office, { rooms: [`region:${GUANGZHOU}`] })
    expect(below.board.sites.size).toBeGreaterThan(0)
    for (const room of [
      'city',
      'region:000000',
      'region:110000',
      'region:430100',
      'region:99',
      'wall',
      `wall:${GUANGDONG}`,
    ])
      expect((await own.subscribe([room])).ok, room).toBe(false)
    own.close()
    below.close()
  })

  it('has lists asked of the server: the worst first, of a division its own course, and of a unit its alerts', async () => {
    const { items, total } = await duty.call('sites', { query: { sort: 'worst', limit: 100 } })
    expect(total).toBe(SITES)
    const wrong = await duty.call('sites', { query: { state: 'wrong', limit: 1000 } })
    expect(items.slice(0, wrong.total).map(({ state }) => state)).toEqual(
      wrong.items.map(({ state }) => state),
    )
    expect(['unknown', 'healthy']).toContain(items.at(-1)?.state)
    const course = await duty.call('cityHistory', { query: { hours: 1, under: GUANGZHOU } })
    const city = await watch(duty, { rooms: [`region:${GUANGZHOU}`] })
    expect(totalOf(course.points.at(-1)?.counts)).toBe(city.board.sites.size)
    const beyond = await (await app.signIn('haizhu')).call('cityHistory', {
      query: { hours: 1, under: GUANGZHOU },
    })
    expect(totalOf(beyond.points.at(-1)?.counts)).toBe(0)
    const [alert] = city.board.alerts.values()
    const ofUnit = await duty.call('alerts', { query: { unit: alert?.unitId ?? 0 } })
    expect(ofUnit.items.map(({ id }) => id)).toContain(alert?.id)
    city.close()
  })
})
