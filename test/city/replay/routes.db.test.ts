import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { loadBoard } from '../../../server/city/board/load.ts'
import { replayRoutes } from '../../../server/city/replay/routes.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { Snapshot } from '../../../shared/city/board.ts'
import { SITE_STATES } from '../../../shared/register/sites/states.ts'
import { startHttp, type TestHttp } from '../../base/http/app.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { type Refused, type Session, sessionWith, signIn } from '../../support/session.ts'
import { visitOf } from '../../support/visits/visited.ts'

let fresh: FreshDatabase
let http: TestHttp
let people: People
let tianhe: MadeSite
let haizhu: MadeSite
let owned: MadeSite
let duty: Session

beforeAll(async () => {
  fresh = await freshDatabase()
  const { db } = fresh
  people = await makePeople(db)
  tianhe = await makeSite(db, { name: '天河区甲' })
  haizhu = await makeSite(db, { name: '海珠区乙', district: '440105' })
  owned = await makeSite(db, { name: '石牌街道', unit_id: people.unitId })
  http = await startHttp(fresh, { routers: (ctx) => [replayRoutes(ctx, false)] })
  duty = await signIn(http.url, 'duty')
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const now = () => new Date(http.clock.now()).toISOString()
/** Three misses are an outage. @returns the instant by which it is told. */
async function breakDown(site: MadeSite): Promise<string> {
  for (let n = 0; n < 3; n++) {
    await recordVisits(http.ctx, [visitOf(site, http.clock.advance(5 * SECOND), 'timeout')])
  }
  return now()
}
const at = (session: Session, instant: string) => session.call('cityAt', { query: { at: instant } })
const stateOf = (board: Snapshot, site: { id: number }) => {
  const row = board.sites.find(([id]) => id === site.id)
  return row && SITE_STATES[row[7]]
}
const nameOf = (board: Snapshot, site: { id: number }) => board.sites.find(([id]) => id === site.id)?.[2]
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    ({ problem }: Refused) => problem.code,
  )

describe('the city at an instant', () => {
  it('says so when there is no log yet', async () => {
    expect(await refusal(at(duty, now()))).toBe('not_found')
  })

  it('is what a live browser saw then, and not what came later', async () => {
    const down = await breakDown(tianhe)
    const { board: live } = await loadBoard(fresh.db, http.clock.now())
    http.clock.advance(MINUTE)
    await breakDown(haizhu)
    const past = await at(duty, down)
    expect(past).toMatchObject({ seq: live.seq, alerts: [...live.alerts.values()], rectifications: [] })
    expect(stateOf(past, tianhe)).toBe('down')
    expect(stateOf(past, haizhu), 'nothing had been told of it').toBe('unknown')
    expect(past.recent.at(-1)?.seq).toBe(past.seq)
    const next = await duty.call('cityFacts', { query: { after: past.seq } })
    expect(next.facts[0]).toMatchObject({ seq: past.seq + 1, siteId: haizhu.id })
    expect(next).toMatchObject({ isEnd: true, seq: past.seq + next.facts.length })
  })

  it('is refused for the future, and before the first fact', async () => {
    expect(await refusal(at(duty, new Date(http.clock.now() + MINUTE).toISOString()))).toBe('invalid')
    expect(await refusal(at(duty, '2020-01-01T00:00:00Z'))).toBe('not_found')
    const range = { from: '2020-01-01T00:00:00Z', to: now() }
    const { from } = await duty.call('cityBeginnings', { query: range })
    expect(await refusal(at(duty, from as string)), 'the first instant itself').toBeNull()
  })

  it('has the register of then: names, districts, sites that are gone, none that came later', async () => {
    const { db } = fresh
    const before = now()
    const change = async <T>(what: () => Promise<T>): Promise<T> => {
      http.clock.advance(MINUTE)
      const result = await what()
      const fact = { at: now(), siteId: null, district: null, actor: null }
      const data = { added: 0, changed: 1 }
      const told = { ...fact, kind: 'register.changed', data } as const
      await db.transaction().execute((tx) => appendFacts(tx, [told]))
      return result
    }
    const gone = await change(() => makeSite(db, { name: '已撤销的网站' }, {}, new Date(http.clock.now())))
    const then = now()
    const renamed = { name: '海珠区新名', district: '440106' }
    await change(() => db.updateTable('site').set(renamed).where('id', '=', haizhu.id).execute())
    // Entered by mistake, and never visited: only such a site lets itself be deleted.
    await db.deleteFrom('site_state').where('site_id', '=', gone.id).execute()
    await change(() => db.deleteFrom('site').where('id', '=', gone.id).execute())

    const today = await at(duty, now())
    expect([nameOf(today, haizhu), nameOf(today, gone)]).toEqual(['海珠区新名', undefined])
    const past = await at(duty, then)
    expect([nameOf(past, haizhu), nameOf(past, gone)]).toEqual(['海珠区乙', '已撤销的网站'])
    expect(stateOf(past, gone)).toBe('unknown')
    expect(nameOf(await at(duty, before), gone)).toBeUndefined()
    const office = await at(await signIn(http.url, 'tianhe'), then)
    expect(nameOf(office, haizhu), 'it was not of this district then').toBeUndefined()
    await db.updateTable('site').set({ district: '440105' }).where('id', '=', haizhu.id).execute()
  })

  it('is cut to the own scope, as live rooms are', async () => {
    const instant = await breakDown(owned)
    const office = await at(await signIn(http.url, 'tianhe'), instant)
    expect(office.sites.map(([id]) => id).sort()).toEqual([tianhe.id, owned.id].sort())
    expect(new Set(office.alerts.map((one) => one.district))).toEqual(new Set(['440106']))
    const unit = await signIn(http.url, 'owner')
    expect((await at(unit, instant)).sites.map(([id]) => id)).toEqual([owned.id])
    const { facts } = await unit.call('cityFacts', { query: { after: 0 } })
    const told = facts.filter((fact) => fact.kind !== 'register.changed')
    expect(new Set(told.map((fact) => fact.siteId))).toEqual(new Set([owned.id]))
    const query = { from: new Date(TUESDAY).toISOString(), to: instant }
    const { items } = await unit.call('cityBeginnings', { query })
    expect(items).toMatchObject([{ siteId: owned.id, rule: 'DOWN', subject: '石牌街道', sites: 1 }])
    expect((await duty.call('cityBeginnings', { query })).items.length).toBeGreaterThan(1)
    const months = await unit.call('cityBeginnings', { query: { ...query, from: '2026-01-01T00:00:00Z' } })
    expect(months.items, 'in months, not the outages of single sites').toEqual([])
  })

  it('is for people, not for wall displays', async () => {
    const stranger = sessionWith(http.url)
    const { key } = await duty.call('createWallLink', { body: { label: '大厅' } })
    const entry = await stranger.fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ wallKey: key }),
    })
    const cookie = entry.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const display = sessionWith(http.url, { cookie })
    expect(await refusal(at(display, new Date(TUESDAY).toISOString()))).toBe('forbidden')
    expect(await refusal(at(stranger, new Date(TUESDAY).toISOString()))).toBe('unauthenticated')
  })
})
