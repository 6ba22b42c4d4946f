import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { atOnce } from '../../../server/base/slices.ts'
import { factsBetween, keepCheckpoints, thinCheckpoints } from '../../../server/city/replay/checkpoints.ts'
import { cityAtFact } from '../../../server/city/replay/city.ts'
import { fold, fromFolded, readBack, toFolded, written } from '../../../server/city/replay/fold.ts'
import { seqAt } from '../../../server/city/replay/queries.ts'
import { PastRegister } from '../../../server/city/replay/register.ts'
import type { Fact, NewFact } from '../../../shared/base/facts.ts'
import { HOUR, SECOND } from '../../../shared/base/time.ts'
import { applyFact, type Board } from '../../../shared/city/board.ts'
import { toldAt } from '../../../shared/city/replay.ts'
import { SITE_STATES, type SiteState } from '../../../shared/register/sites/states.ts'
import { alert, rectification, site as siteRow } from '../../base/live/made.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'

let fresh: FreshDatabase
let sites: MadeSite[]

beforeAll(async () => {
  fresh = await freshDatabase()
  sites = [
    await makeSite(fresh.db),
    await makeSite(fresh.db, { district: '440105' }),
    await makeSite(fresh.db),
  ]
  const told = { at: new Date(TUESDAY).toISOString(), siteId: null, district: null, actor: null }
  const data = { added: 3, changed: 0 }
  await fresh.db.transaction().execute((tx) => appendFacts(tx, [{ ...told, kind: 'register.changed', data }]))
})
afterAll(() => fresh.drop())

const WHATS = ['changed', 'opened', 'acknowledged', 'resolved', 'raised', 'accepted', 'closed'] as const
/** One thing that happens: to which site, what, and how long after the one before (clocks are not quite even). */
interface Happening {
  readonly site: number
  readonly what: (typeof WHATS)[number]
  readonly state: SiteState
  readonly afterS: number
}
const happening = fc.record({
  site: fc.nat(2),
  what: fc.constantFrom(...WHATS),
  state: fc.constantFrom(...SITE_STATES),
  afterS: fc.integer({ min: -20, max: 900 }),
})
const history = fc.array(happening, { minLength: 1, maxLength: 60 })

function factsOf(happenings: readonly Happening[], startMs: number): NewFact[] {
  let atMs = startMs
  return happenings.map(({ site: index, what, state, afterS }): NewFact => {
    atMs += afterS * SECOND
    const { id, district } = sites[index] as MadeSite
    const at = new Date(atMs).toISOString()
    const base = { at, siteId: id, district, actor: null }
    if (what === 'changed') {
      const { stateSince: _, ...facts } = siteRow(id, { state, flapping: false })
      const { since, availability, cause, v1, share, v2, v3, newest, flapping } = facts
      const after = { state, stateSince: at, since, availability, cause, v1, share, v2, v3, newest, flapping }
      return { ...base, kind: 'site.changed', data: { before: null, after } }
    }
    if (what === 'opened' || what === 'acknowledged' || what === 'resolved') {
      const status = what === 'opened' ? 'open' : what
      return {
        ...base,
        kind: `alert.${what}`,
        data: { alert: alert(id, { siteId: id, status }), text: null },
      }
    }
    const one = rectification(id, { siteId: id, district, alertIds: [id], stage: what })
    return { ...base, kind: `rectification.${what}`, data: { rectification: one, text: null } }
  })
}

const tell = (happenings: readonly Happening[], startMs: number): Promise<Fact[]> =>
  fresh.db.transaction().execute((tx) => appendFacts(tx, factsOf(happenings, startMs)))
const boardAt = async (seq: number): Promise<Board> => (await cityAtFact(fresh.db, seq)).board

/** What a board says, in one order. The tally is counted from the tables, where these rectifications are not. */
const plain = ({ seq, sites, alerts, rectifications }: Board) => ({
  seq,
  sites: [...sites.values()].sort((a, b) => a.id - b.id),
  alerts: [...alerts.values()].sort((a, b) => a.id - b.id),
  rectifications: [...rectifications.values()].sort((a, b) => a.id - b.id),
})

describe('the board at a fact', () => {
  it('is what was live then, whatever happened, and the same from any checkpoint', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), fc.nat(), async (happenings, cut, look) => {
        const told = await tell(happenings, TUESDAY + HOUR)
        const before = await boardAt((told[0] as Fact).seq - 1)
        const start = toFolded(before)
        const upTo = told.slice(0, 1 + (look % told.length))
        // A live board has the sites of the register, and knows facts by `applyFact` alone.
        const live = before
        for (const fact of upTo) applyFact(live, fact)
        expect(plain(await boardAt(live.seq))).toEqual(plain(live))

        const folded = atOnce(fromFolded(start))
        fold(folded, upTo.slice(0, cut % (upTo.length + 1)))
        const lines = atOnce(written(folded))
        // Checkpoints of before stand on one line, and older versions read those of now at once.
        const checkpoints = [lines, JSON.stringify(JSON.parse(lines))].map((text) =>
          atOnce(fromFolded(atOnce(readBack(text)))),
        )
        fold(folded, upTo)
        for (const checkpoint of checkpoints) {
          fold(checkpoint, upTo)
          expect(toFolded(checkpoint)).toEqual(toFolded(folded))
        }
      }),
      { numRuns: 25 },
    )
  })

  it('does not need its checkpoints, which are made by the thousand facts', async () => {
    const { db } = fresh
    const many = Array.from({ length: 2_500 }, (_, n): Happening => {
      const what = WHATS[n % 7] ?? 'changed'
      return { site: n % 3, what, state: SITE_STATES[n % 7] ?? 'down', afterS: 1 }
    })
    const told = await tell(many, TUESDAY + 24 * HOUR)
    const seqs = [told[5], told[1_900], told.at(-1)].map((fact) => (fact as Fact).seq)
    const without = await Promise.all(seqs.map(boardAt))
    while (await keepCheckpoints(db)) {}
    const checkpoints = async () => {
      const rows = await db.selectFrom('board_checkpoint').select('seq').orderBy('seq').execute()
      return rows.map(({ seq }) => seq)
    }
    const all = await checkpoints()
    expect(all.slice(0, 2)).toEqual([1_000, 2_000])
    expect((await Promise.all(seqs.map(boardAt))).map(plain)).toEqual(without.map(plain))
    const dense = [1_250, 1_500].map((seq) => ({ seq, bytes: Buffer.from('') }))
    await db.insertInto('board_checkpoint').values(dense).execute()
    await thinCheckpoints(db, new Date(TUESDAY))
    expect(await checkpoints(), 'none is old').toHaveLength(all.length + 2)
    await thinCheckpoints(db, new Date(TUESDAY + 48 * HOUR))
    expect(await checkpoints()).toEqual(all)
    expect((await Promise.all(seqs.map(boardAt))).map(plain)).toEqual(without.map(plain))
    await db.deleteFrom('board_checkpoint').execute()
    expect(plain(await boardAt(seqs[2] as number))).toEqual(plain(without[2] as Board))
  })

  it('of a nation is a fourth of as many facts from a checkpoint as it has sites, of a city a thousand', () => {
    expect([640, 4_000, 84_094].map(factsBetween)).toEqual([1_000, 1_000, 21_024])
  })

  it('is found by its instant, also where times and numbers of facts run crosswise', async () => {
    const base = TUESDAY + 72 * HOUR
    const happenings = [0, 30, -20, 60].map(
      (afterS): Happening => ({ site: 0, what: 'changed', state: 'down', afterS }),
    )
    const told = await tell(happenings, base)
    const [first, , third, last] = told.map((fact) => fact.seq)
    const at = (s: number) => seqAt(fresh.db, new Date(base + s * SECOND))
    expect(toldAt(told, base).map((ms) => (ms - base) / SECOND)).toEqual([0, 30, 30, 70])
    expect(await at(5)).toBe(first)
    expect(await at(29), 'the second was told before the third').toBe(first)
    expect(await at(30)).toBe(third)
    expect(await at(69)).toBe(third)
    expect(await at(70)).toBe(last)
  })
})

it('the register of then has each of many sites once, as it was, in the order of codes', async () => {
  const { db } = fresh
  const at = new Date(TUESDAY)
  await sql`
    insert into site (code, name, url, level, district, unit_id, created_at)
    select (9000000000 - n)::text, '原名' || n, 'http://many-' || n || '.invalid/', 'street', '440106', (select min(id) from unit), ${at}
    from generate_series(1, 4500) n`.execute(db)
  const registers = new PastRegister(db)
  const { seq } = await db.selectFrom('fact_counter').select('seq').executeTakeFirstOrThrow()
  expect(await registers.at(seq)).toHaveLength(4_500 + sites.length)
  await sql`update site set name = '新名' where code like '89999%' and id % 2 = 0`.execute(db)
  await sql`delete from site where code = '8999999999'`.execute(db)
  const then = await registers.at(seq)
  const codes = then.map(({ code }) => code)
  expect(codes).toEqual([...new Set(codes)].sort())
  expect(then.filter(({ name }) => name.startsWith('原名'))).toHaveLength(4_500)
  const now = await registers.at(seq + 1)
  expect(now.filter(({ name }) => name === '新名').length).toBeGreaterThan(2_000)
  expect(now.some(({ code }) => code === '8999999999')).toBe(false)
})

it('a change that took its number before another, and was kept after it, is in the register of then', async () => {
  const { db } = fresh
  const registers = new PastRegister(db)
  const [early, late] = sites as [MadeSite, MadeSite]
  const { seq } = await db.selectFrom('fact_counter').select('seq').executeTakeFirstOrThrow()
  const call = ({ id }: MadeSite, name: string) =>
    sql`update site set name = ${name} where id = ${id}`.execute(db)
  const { rows } = await sql<{ n: string }>`
    select nextval(pg_get_serial_sequence('site_past', 'id'))::text as n`.execute(db)
  await call(late, '后来者')
  await registers.at(seq + 1)
  // What a long import would do that began first: its number is the lower one.
  await sql`select setval(pg_get_serial_sequence('site_past', 'id'), ${rows[0]?.n}::bigint, false)`.execute(
    db,
  )
  await call(early, '先行者')
  const names = new Map((await registers.at(seq + 1)).map(({ id, name }) => [id, name]))
  expect([names.get(early.id), names.get(late.id)]).toEqual(['先行者', '后来者'])
})
