import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { loadBoard } from '../../../server/city/board/load.ts'
import { nextFacts } from '../../../server/city/replay/queries.ts'
import { replayRoutes } from '../../../server/city/replay/routes.ts'
import { factsFor, viewOf } from '../../../server/city/sockets/rooms.ts'
import { factsAfter } from '../../../server/desk/facts/told.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { addDivision } from '../../../server/register/divisions/queries.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { applyFact, decodeSite, emptyBoard, type Snapshot } from '../../../shared/city/board.ts'
import { NATION } from '../../../shared/register/divisions/divisions-rules.ts'
import { startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makeNationPeople } from '../../support/registers/nation.ts'
import { type Refused, type Session, signIn } from '../../support/session.ts'
import { visitOf } from '../../support/visits/visited.ts'

const GUANGDONG = '440000'
const HUNAN = '430000'
const GUANGZHOU = '440100'
const TIANHE = '440106'
const HAIZHU = '440105'
const STREET = '440106010'
const SHENZHEN = '440300'
const CHANGSHA = '430100'

let fresh: FreshDatabase
let http: TestHttp
let duty: Session
let guangdong: Session
let hunan: Session
const sites: Record<string, MadeSite> = {}
/** What lies in what, from the province down to the street. */
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  [GUANGDONG]: ['street', 'tianhe', 'haizhu', 'guangzhou', 'shenzhen'],
  [GUANGZHOU]: ['street', 'tianhe', 'haizhu', 'guangzhou'],
  '4401-dept': ['guangzhou'],
  [TIANHE]: ['street', 'tianhe'],
  [STREET]: ['street'],
}
let before: string
let after: string
/** When each of the sites was down: nobody has asked for these instants before. */
const steps: string[] = []

/* A nation, whose groups are its provinces: each of their cities, districts and streets is looked at by itself. */

beforeAll(async () => {
  fresh = await freshDatabase()
  const { db } = fresh
  await makeNationPeople(db)
  await db.transaction().execute(async (tx) => {
    const street = { code: STREET, name: '石牌街道', nameEn: 'Shipai', level: 'street' as const }
    await addDivision(tx, { ...street, parent: TIANHE, successor: null })
  })
  const make = async (name: string, district: string, division: string) => {
    sites[name] = await makeSite(db, { name, district, division })
  }
  await make('street', GUANGDONG, STREET)
  await make('tianhe', GUANGDONG, TIANHE)
  await make('haizhu', GUANGDONG, HAIZHU)
  await make('guangzhou', GUANGDONG, GUANGZHOU)
  await make('shenzhen', GUANGDONG, SHENZHEN)
  await make('changsha', HUNAN, CHANGSHA)
  http = await startHttp(fresh, { routers: (ctx) => [replayRoutes(ctx, false)] })
  duty = await signIn(http.url, 'duty')
  guangdong = await signIn(http.url, 'tianhe')
  hunan = await signIn(http.url, 'haizhu')
  await registerChanged()
  before = now()
  for (const name of Object.keys(sites)) {
    await breakDown(name)
    steps.push(now())
  }
  http.clock.advance(MINUTE)
  after = now()
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const now = () => new Date(http.clock.now()).toISOString()
async function breakDown(name: string): Promise<void> {
  for (let n = 0; n < 3; n++) {
    await recordVisits(http.ctx, [visitOf(sites[name]!, http.clock.advance(5 * SECOND), 'timeout')])
  }
}
async function registerChanged(): Promise<void> {
  const fact = {
    at: new Date(http.clock.advance(MINUTE)).toISOString(),
    siteId: null,
    district: null,
    actor: null,
  }
  const data = { added: 0, changed: 1 }
  await fresh.db
    .transaction()
    .execute((tx) => appendFacts(tx, [{ ...fact, kind: 'register.changed', data } as const]))
}
const idsOf = (names: readonly string[]) => names.map((name) => sites[name]!.id).sort((a, b) => a - b)
const shownIn = (board: Snapshot) => board.sites.map(([id]) => id).sort((a, b) => a - b)
const at = (session: Session, instant: string, under: string) =>
  session.call('cityAt', { query: { at: instant, under } })
const factsIn = async (session: Session, under: string, after = 0) =>
  (await session.call('cityFacts', { query: { after, under } })).facts
const toldOf = (facts: readonly { siteId: number | null }[]) =>
  [...new Set(facts.flatMap(({ siteId }) => siteId ?? []))].sort((a, b) => a - b)
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    ({ problem }: Refused) => problem.code,
  )

describe('the past of a division', () => {
  it.each(Object.keys(LEVELS))('%s is that of the sites in it, and of no others', async (region) => {
    const own = idsOf(LEVELS[region]!)
    expect(toldOf(await factsIn(duty, region))).toEqual(own)
    const past = await at(duty, after, region)
    expect(shownIn(past)).toEqual(own)
    expect(toldOf(past.alerts)).toEqual(own)
    expect(toldOf(past.recent)).toEqual(own)
    const query = { from: before, to: after, under: region }
    const { items } = await duty.call('cityBeginnings', { query })
    expect(toldOf(items)).toEqual(own)
  })

  it.each(Object.keys(LEVELS))('%s is told in the log as whoever heard it live was told', async (region) => {
    const { board, places } = await loadBoard(fresh.db, http.clock.now())
    const view = viewOf([`region:${region}`], 'city', places.groups, NATION)
    const all = await factsAfter(fresh.db, 0, 1_000)
    expect(await nextFacts(fresh.db, view, 0, 1_000)).toEqual(factsFor(view, all, board))
  })

  it('plays on from the board of an instant to that of a later one, by its own parts', async () => {
    const start = await at(duty, before, GUANGZHOU)
    const end = await at(duty, after, GUANGZHOU)
    expect(start.node?.place.code).toBe(GUANGZHOU)
    const board = { ...emptyBoard(), seq: start.seq }
    for (const row of start.sites) board.sites.set(row[0], decodeSite(row, start.districts))
    for (const fact of await factsIn(duty, GUANGZHOU, start.seq)) expect(applyFact(board, fact)).toBe(true)
    const statesIn = ({ sites: rows, districts }: Snapshot) =>
      rows.map((row) => decodeSite(row, districts)).map(({ id, state, district }) => [id, state, district])
    expect([...board.sites.values()].map(({ id, state, district }) => [id, state, district])).toEqual(
      statesIn(end),
    )
    expect(statesIn(end)).toContainEqual([sites.street!.id, 'down', TIANHE])
    expect([...board.alerts.values()]).toEqual(end.alerts)
  })

  it('comes in pages, each beginning where the one before ended, and steps back by the last that it was told', async () => {
    const whole = await factsIn(duty, TIANHE)
    const paged = []
    for (let after = 0, isEnd = false; !isEnd; ) {
      const page = await duty.call('cityFacts', { query: { after, under: TIANHE, limit: 2 } })
      paged.push(...page.facts)
      after = page.seq
      isEnd = page.isEnd
    }
    expect(paged).toEqual(whole)
    expect((await at(duty, after, TIANHE)).recent).toEqual(whole.slice(-40))
  })

  it('is the province’s own down to its streets, and nobody else’s', async () => {
    for (const region of Object.keys(LEVELS)) {
      expect(toldOf(await factsIn(guangdong, region))).toEqual(idsOf(LEVELS[region]!))
      expect(await refusal(factsIn(hunan, region))).toBe('forbidden')
      expect(await refusal(at(hunan, after, region))).toBe('forbidden')
      const query = { from: before, to: after, under: region }
      expect(await refusal(hunan.call('cityBeginnings', { query }))).toBe('forbidden')
    }
    for (const region of [NATION, HUNAN, CHANGSHA, '440199'])
      expect(await refusal(at(guangdong, after, region)), region).toBe('forbidden')
    expect(await refusal(at(duty, after, '440199')), 'there is none').toBe('forbidden')
    expect(await refusal(at(await signIn(http.url, 'owner'), after, STREET))).toBe('forbidden')
  })
})

describe('when the register has changed since', () => {
  it('a site that was renamed is in its street also before, by its old name', async () => {
    await fresh.db.updateTable('site').set({ name: '新名' }).where('id', '=', sites.street!.id).execute()
    await registerChanged()
    expect((await at(duty, steps[0]!, STREET)).sites.map((row) => row[2])).toEqual(['street'])
    expect((await at(duty, now(), STREET)).sites.map((row) => row[2])).toEqual(['新名'])
  })

  it('a site that went to another province takes nothing of before with it, and is still in the past of the first', async () => {
    const { id } = sites.shenzhen!
    const moved = { district: HUNAN, division: CHANGSHA }
    await fresh.db.updateTable('site').set(moved).where('id', '=', id).execute()
    await registerChanged()
    const since = now()
    await recordVisits(http.ctx, [visitOf(sites.shenzhen!, http.clock.advance(5 * SECOND))])
    await recordVisits(http.ctx, [visitOf(sites.shenzhen!, http.clock.advance(5 * SECOND))])
    const own = (await factsIn(hunan, CHANGSHA)).filter(({ siteId }) => siteId === id)
    expect(own.length).toBeGreaterThan(0)
    for (const fact of own) expect(fact.at > since).toBe(true)
    expect(shownIn(await at(hunan, steps[1]!, CHANGSHA))).toEqual(idsOf(['changsha']))
    expect(shownIn(await at(hunan, now(), CHANGSHA))).toEqual(idsOf(['shenzhen', 'changsha']))
    const left = (await factsIn(guangdong, GUANGDONG)).filter(({ siteId }) => siteId === id)
    expect(left.length).toBeGreaterThan(0)
    for (const fact of left) expect(fact.at <= after).toBe(true)
    expect(shownIn(await at(guangdong, steps[1]!, GUANGDONG))).toEqual(idsOf(LEVELS[GUANGDONG]!))
  })

  it('a street that was put into another province leaves its sites to theirs', async () => {
    await fresh.db.updateTable('division').set({ parent: CHANGSHA }).where('code', '=', STREET).execute()
    expect(toldOf(await factsIn(hunan, CHANGSHA))).not.toContain(sites.street!.id)
    expect(shownIn(await at(hunan, steps[2]!, CHANGSHA))).not.toContain(sites.street!.id)
    expect(toldOf(await factsIn(guangdong, GUANGDONG))).toContain(sites.street!.id)
  })

  it('what was a group once is theirs who have all of its sites now', async () => {
    const { id } = sites.shenzhen!
    await sql`update site_past set district = ${SHENZHEN} where site_id = ${id}`.execute(fresh.db)
    expect(await refusal(at(guangdong, steps[3]!, SHENZHEN)), 'one of them is in Hunan').toBe('forbidden')
    expect(shownIn(await at(duty, steps[3]!, SHENZHEN))).toContain(id)
    await fresh.db.updateTable('site').set({ district: GUANGDONG }).where('id', '=', id).execute()
    expect(shownIn(await at(guangdong, steps[3]!, SHENZHEN))).toContain(id)
  })
})
