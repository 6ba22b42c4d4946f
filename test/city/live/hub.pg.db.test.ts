import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { Boards } from '../../../server/city/board/boards.ts'
import { loadBoard } from '../../../server/city/board/load.ts'
import { factsAfter } from '../../../server/desk/facts/told.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { DAY, SECOND } from '../../../shared/base/time.ts'
import { applyFact, type Board, progressOf } from '../../../shared/city/board.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { listen, type Watcher, watch } from '../../support/product/watcher.ts'
import type { Session } from '../../support/session.ts'
import { until } from '../../support/until.ts'
import { visitOf } from '../../support/visits/visited.ts'

let app: TestApp
let people: People
let tianhe: MadeSite
let haizhu: MadeSite
let owned: MadeSite
let duty: Session

beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  const { db } = connection
  people = await makePeople(db)
  tianhe = await makeSite(db, { name: '天河区甲' })
  haizhu = await makeSite(db, { name: '海珠区乙', district: '440105' })
  owned = await makeSite(db, { name: '石牌街道', unit_id: people.unitId })
  await connection.close()
  // Visits are those of the story: no monitor makes more of them.
  app = await startTestApp({ database, args: ['--role', 'web'] })
  duty = await app.signIn('duty')
})
afterAll(() => app.stop())

/** A visit that the monitor made; three misses are an outage. */
async function visit(site: MadeSite, isGood: boolean): Promise<void> {
  const atMs = app.clock.advance(5 * SECOND)
  const visited = { ...visitOf(site, atMs, isGood ? undefined : 'timeout'), extra: true }
  await recordVisits(app.context, [visited])
}
const breakDown = async (site: MadeSite) => {
  for (let n = 0; n < 3; n++) await visit(site, false)
}
const isAlarm = (fact: Fact) => fact.kind === 'alert.opened' || fact.kind === 'alert.reopened'
const heal = async (site: MadeSite) => {
  for (let n = 0; n < 2; n++) await visit(site, true)
}

describe('what a browser hears', () => {
  it('is a snapshot first, then every fact of the city, in order and without gaps', async () => {
    const wall = await watch(duty)
    expect(wall.board.sites.size).toBe(3)
    await breakDown(tianhe)
    await wall.fact('the alert', (fact) => fact.kind === 'alert.opened' && fact.siteId === tianhe.id)
    expect(wall.board.sites.get(tianhe.id)?.state).toBe('down')
    await heal(tianhe)
    await wall.fact('the end of it', (fact) => fact.kind === 'alert.resolved' && fact.siteId === tianhe.id)
    expect(wall.board.sites.get(tianhe.id)?.state).toBe('healthy')
    expect(wall.complaints).toEqual([])
    wall.close()
  })

  it('is exactly what it missed when it comes back, and nothing twice', async () => {
    const wall = await watch(duty)
    const { seq } = wall.board
    wall.close()
    await breakDown(haizhu)
    const last = (await loadBoard(app.context.db, app.clock.now())).board.seq
    const back = listen(duty, ['websocket'], true)
    Object.assign(back.board, { seq })
    await until('it is connected', () => back.socket.connected)
    const result = await until('the server has told everything', async () => {
      const one = await back.subscribe(['city'], back.board.seq)
      // The watchdog may have told something more by then.
      return one.ok && one.seq >= last ? one : null
    })
    expect(result).toMatchObject({ ok: true, snapshot: false })
    expect(back.facts.length).toBeGreaterThanOrEqual(last - seq)
    expect(back.facts.map((fact) => fact.seq)).toEqual(back.facts.map((_, n) => seq + 1 + n))
    expect(back.complaints).toEqual([])
    await heal(haizhu)
    back.close()
  })

  it('is the whole board anew where facts could not be taken, so that none is missing', async () => {
    const wall = await watch(duty)
    const take = vi.spyOn(Boards.prototype, 'take').mockImplementationOnce(() => {
      throw new Error('once')
    })
    onTestFinished(() => take.mockRestore())
    await breakDown(tianhe)
    await until('it is told the whole', () => wall.snapshots.length > 1)
    await until('all of it is there', () => wall.board.sites.get(tianhe.id)?.state === 'down')
    expect(wall.complaints).toEqual([])
    await heal(tianhe)
    wall.close()
  })

  it('is a snapshot when it says a number that this log never had', async () => {
    const stranger = listen(duty, ['websocket'], false)
    await until('it is connected', () => stranger.socket.connected)
    expect(await stranger.subscribe(['city'], 1_000_000)).toMatchObject({ ok: true, snapshot: true })
    stranger.close()
  })

  it('is only its own district for a district office', async () => {
    const office = await watch(await app.signIn('tianhe'), { rooms: ['district:440106'] })
    expect([...office.board.sites.keys()].sort()).toEqual([tianhe.id, owned.id].sort())
    await breakDown(haizhu)
    await breakDown(tianhe)
    await office.fact('its own alert', isAlarm)
    expect(new Set(office.facts.map((fact) => fact.district))).toEqual(new Set(['440106']))
    expect(office.complaints).toEqual([])
    await heal(haizhu)
    await heal(tianhe)
    office.close()
  })

  it('counts for a district office the rectifications of its own district, and for a unit those of its own sites', async () => {
    const { db } = app.context
    const raised = async (site: MadeSite) => {
      // No visit says anything of links.
      const alert = await makeAlert(db, { site, rule: 'LINKS', severity: 'major' })
      return duty.call('raiseRectification', { body: { alertIds: [alert.id], dueWorkdays: 10 } })
    }
    const tallyOf = ({ board }: Watcher) => {
      const { raised, closed } = progressOf(board, () => false)
      return { raised, closed }
    }
    const rooms = ['district:440106']
    const rectification = await raised(tianhe)
    await raised(owned)
    const wall = await watch(duty)
    const unit = await watch(await app.signIn('owner'), { rooms: [`site:${owned.id}`] })
    expect(tallyOf(unit)).toEqual({ raised: 1, closed: 0 })
    const office = await watch(await app.signIn('tianhe'), { rooms })
    expect(tallyOf(office)).toEqual({ raised: 2, closed: 0 })
    await raised(haizhu)
    const body = { version: rectification.version, reason: '网站已关停' }
    await duty.call('overrideRectification', { params: { id: rectification.id }, body })
    const isClosed = (fact: Fact) => fact.kind === 'rectification.overridden'
    await Promise.all([office.fact('it is closed', isClosed), wall.fact('it is closed', isClosed)])
    expect(tallyOf(office)).toEqual({ raised: 2, closed: 1 })
    expect(tallyOf(wall)).toEqual({ raised: 3, closed: 1 })
    const later = await watch(await app.signIn('tianhe'), { rooms })
    expect(tallyOf(later), 'the snapshot agrees with the facts').toEqual(tallyOf(office))
    for (const one of [wall, office, unit, later]) one.close()
  })

  it('comes once and in order to a socket in several rooms', async () => {
    const wall = await watch(duty, {
      rooms: ['district:440106', 'district:440105', `site:${tianhe.id}`],
      expectGapless: false,
    })
    await breakDown(tianhe)
    await breakDown(haizhu)
    await wall.fact('the second alert', (fact) => isAlarm(fact) && fact.siteId === haizhu.id)
    expect(wall.complaints).toEqual([])
    await heal(haizhu)
    await heal(tianhe)
    wall.close()
  })

  it('is a pulse each second, which says that it still hears', async () => {
    const wall = await watch(duty)
    await until('two pulses have come', () => wall.pulses.length >= 2)
    expect(wall.pulses[0]?.seq).toBe(wall.board.seq)
    wall.close()
  })
})

describe('what it may not hear', () => {
  it.each([
    ['tianhe', 'city'],
    ['tianhe', 'district:440105'],
    ['haizhu', 'district:440106'],
    ['owner', 'city'],
    ['owner', 'district:440106'],
  ])('%s is refused the room %s', async (who, room) => {
    const socket = listen(await app.signIn(who), ['websocket'], false)
    await until('it is connected', () => socket.socket.connected)
    expect(await socket.subscribe([room])).toMatchObject({ ok: false, code: 'forbidden' })
    socket.close()
  })

  it('a unit hears its own sites, and a site elsewhere is refused like one that does not exist', async () => {
    const socket = listen(await app.signIn('owner'), ['websocket'], false)
    await until('it is connected', () => socket.socket.connected)
    expect(await socket.subscribe([`site:${owned.id}`])).toMatchObject({ ok: true })
    const elsewhere = await socket.subscribe([`site:${haizhu.id}`])
    expect(elsewhere).toMatchObject({ ok: false })
    expect(await socket.subscribe(['site:987654'])).toEqual(elsewhere)
    socket.close()
  })

  it('nobody without a session gets in at all', async () => {
    const socket = listen(app.stranger, ['websocket'], false)
    const refusal = await new Promise<Error>((resolve) => socket.socket.once('connect_error', resolve))
    expect(refusal.message).toBe('unauthenticated')
    socket.close()
  })

  it('nonsense is answered with what is wrong with it', async () => {
    const socket = listen(duty, ['websocket'], false)
    await until('it is connected', () => socket.socket.connected)
    expect(await socket.subscribe(['everything'])).toMatchObject({ ok: false, code: 'invalid' })
    expect(await socket.subscribe([])).toMatchObject({ ok: false, code: 'invalid' })
    socket.close()
  })
})

it('the board of the facts is the board of the tables', async () => {
  const { db } = app.context
  // A day goes by in this story, and nobody is to take that for a monitor that stalls.
  await db
    .updateTable('site_state')
    .set({ next_visit_at: new Date(app.clock.now() + 2 * DAY) })
    .execute()
  const start = await loadBoard(db, app.clock.now())
  await makeAlert(db, { site: tianhe, rule: 'V1', severity: 'minor' })
  const before = await loadBoard(db, app.clock.now())
  await breakDown(tianhe)
  await breakDown(owned)
  await heal(owned)
  app.clock.advance(DAY)
  await visit(tianhe, false)
  for (const fact of await factsAfter(db, start.board.seq, 1_000)) applyFact(before.board, fact)
  const after = await loadBoard(db, app.clock.now())
  const plain = ({ seq, sites, alerts, rectifications, tally }: Board) => ({
    seq,
    tally: [...tally].sort(),
    sites: [...sites.values()].map(({ lastVisitAt: _at, latencyMs: _ms, ...facts }) => facts),
    alerts: [...alerts.values()].sort((a, b) => a.id - b.id),
    rectifications: [...rectifications.values()],
  })
  expect(plain(before.board)).toEqual(plain(after.board))
  expect(after.board.sites.get(tianhe.id)?.state).toBe('dead')
})
