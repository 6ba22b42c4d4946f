import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '../../../server/base/refusal.ts'
import { alertsById, listLiveAlerts } from '../../../server/desk/alerts/queries.ts'
import { commandAlert, commentAlert } from '../../../server/desk/alerts/service.ts'
import { factsAfter } from '../../../server/desk/facts/told.ts'
import { markFalseAlarm } from '../../../server/desk/findings/false-alarm.ts'
import { HOUR } from '../../../shared/base/time.ts'
import { applyFact, emptyBoard } from '../../../shared/city/board.ts'
import { type Alert, SEVERITIES } from '../../../shared/desk/alerts/alerts.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { patient } from '../../support/run/patience.ts'

/*
 * Two officers do what they like to the same twenty alerts at the same moment, fifty times over twenty pairs: a
 * thousand actions. Whoever is second is refused, and what the facts, the audit and the tables say is the same.
 */

const ROUNDS = 25
const ALERTS = 20

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

/** The same numbers in every run (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}
const random = randomFrom(20_261_124)
const oneOf = <T>(values: readonly T[]): T => values[random(values.length)] as T

interface Action {
  readonly name: string
  readonly run: (who: Principal, seen: Alert) => Promise<Alert>
}
const command = (name: string, input: (seen: Alert) => Parameters<typeof commandAlert>[3]): Action => ({
  name,
  run: (who, seen) => commandAlert(ctx, who, seen, input(seen)),
})
const ALWAYS: readonly Action[] = [
  command('assigned', () => ({ action: 'assign', assigneeId: oneOf([people.owner.id, people.duty.id]) })),
  command('assigned', () => ({ action: 'assign', toUnit: true })),
  command('silenced', () => ({
    action: 'silence',
    until: new Date(ctx.clock.now() + HOUR).toISOString(),
    reason: '维护',
  })),
  command('regraded', ({ severity }) => ({
    action: 'regrade',
    severity: oneOf(SEVERITIES.filter((one) => one !== severity)),
    reason: '已核实',
  })),
]
const COMMENT: Action = {
  name: 'commented',
  run: (who, seen) =>
    commentAlert(ctx, who, seen.id, { text: '请查看', mentions: [oneOf([people.owner, people.vendor]).id] }),
}
const ENDS: readonly Action[] = [
  command('resolved', () => ({ action: 'resolve', note: '已恢复' })),
  { name: 'falsified', run: (who, seen) => markFalseAlarm(ctx, who, seen, { reason: '误判' }) },
]

/** Something that this alert can take. */
function chosenFor({ status }: Alert): Action {
  const dice = random(20)
  if (dice === 0) return oneOf(ENDS)
  if (dice < 4) return COMMENT
  const taking =
    status === 'open'
      ? command('acknowledged', () => ({ action: 'acknowledge' }))
      : command('unacknowledged', () => ({ action: 'unacknowledge' }))
  return oneOf([taking, taking, ...ALWAYS])
}

async function newAlert(): Promise<number> {
  const site = await makeSite(ctx.db, { unit_id: people.unitId })
  return (await makeAlert(ctx.db, { site })).id
}

interface Done {
  readonly name: string
  readonly actorId: number
  readonly alertId: number
}

/** Both officers at one alert, as both of them see it. @returns what was done. */
async function bothAt(seen: Alert): Promise<Done[]> {
  const officers = [people.duty, people.colleague]
  const actions = officers.map(() => chosenFor(seen))
  const outcomes = await Promise.allSettled(
    officers.map((who, index) => (actions[index] as Action).run(who, seen)),
  )
  const done: Done[] = []
  const isRace = actions.every((action) => action !== COMMENT)
  for (const [index, outcome] of outcomes.entries()) {
    const { name } = actions[index] as Action
    if (outcome.status === 'fulfilled') {
      done.push({ name, actorId: (officers[index] as Principal).id, alertId: seen.id })
      continue
    }
    const refusal = outcome.reason as Refusal
    if (!(refusal instanceof Refusal)) throw refusal
    expect(refusal, `${name}: ${refusal.message}`).toMatchObject({
      code: 'conflict',
      current: { id: seen.id },
    })
    expect((refusal.current as Alert).version).toBe(seen.version + 1)
    expect(isRace, 'a comment overtakes nobody').toBe(true)
  }
  expect(done, `${actions.map(({ name }) => name)} on #${seen.id}`).toHaveLength(isRace ? 1 : 2)
  return done
}

test('a thousand simultaneous actions: one winner each, and facts, audit and tables agree', {
  timeout: patient(180_000),
}, async () => {
  const ids: number[] = []
  for (let i = 0; i < ALERTS; i++) ids.push(await newAlert())
  const board = emptyBoard()
  const done: Done[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const now = await alertsById(ctx.db, ids)
    for (const [index, id] of ids.entries()) {
      if (now.get(id)?.status === 'resolved') ids[index] = await newAlert()
    }
    const seen = await alertsById(ctx.db, ids)
    for (const [id, alert] of seen) if (!board.alerts.has(id)) board.alerts.set(id, alert)
    done.push(...(await Promise.all([...seen.values()].map(bothAt))).flat())
  }

  const facts = await factsAfter(ctx.db, 0, 10_000)
  expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, index) => index + 1))
  const told = facts.map((fact) => ({
    name: fact.kind.replace('alert.', ''),
    actorId: fact.actor?.id,
    alertId: 'alert' in fact.data ? fact.data.alert.id : 0,
  }))
  const noted = await ctx.db
    .selectFrom('audit')
    .select(['action', 'actor_id', 'entity_id'])
    .where('entity', '=', 'alert')
    .orderBy('id')
    .execute()
  const audited = noted.map((row) => ({
    name: row.action.replace('alert.', ''),
    actorId: row.actor_id,
    alertId: row.entity_id,
  }))
  const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort()
  expect(sorted(told)).toEqual(sorted(done))
  expect(sorted(audited)).toEqual(sorted(done))

  // Each alert went through all of its versions, one after the other, and is now what its last fact says.
  const versions = new Map<number, number>()
  const last = new Map<number, Alert>()
  for (const fact of facts) {
    if (!('alert' in fact.data)) throw new Error(`a fact of another kind: ${fact.kind}`)
    const { alert } = fact.data
    const before = versions.get(alert.id) ?? 1
    expect(alert.version).toBe(fact.kind === 'alert.commented' ? before : before + 1)
    versions.set(alert.id, alert.version)
    last.set(alert.id, alert)
    applyFact(board, fact)
  }
  expect(await alertsById(ctx.db, [...last.keys()])).toEqual(last)
  const live = await listLiveAlerts(ctx.db)
  expect([...board.alerts.values()].sort((a, b) => a.id - b.id)).toEqual(live)
})
