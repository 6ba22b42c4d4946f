import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Visited } from '../../server/monitor/visit/visited.ts'
import type { Cause } from '../../shared/monitor/visit/probes.ts'
import { type TestContext, testContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { type MadeSite, makeSite } from '../support/make.ts'
import { visitOf } from '../support/visits/visited.ts'

let fresh: FreshDatabase
export let ctx: TestContext
export let site: MadeSite

/** Call once in a file: a database of its own, and a new site for each story. */
export function recordOnASite(): void {
  beforeAll(async () => {
    fresh = await freshDatabase()
    ctx = testContext(fresh)
  })
  afterAll(() => fresh.drop())
  beforeEach(async () => {
    site = await makeSite(ctx.db)
  })
}

/** Another site is the one that the story is about. */
export function setSite(other: MadeSite): void {
  site = other
}

/** A spaced visit to the site, now; good unless a cause is told. */
export function visited(change: Partial<Visited> & { cause?: Cause } = {}): Visited {
  const { cause, ...rest } = change
  const visit = visitOf(site, ctx.clock.now(), cause)
  return { ...visit, result: { ...visit.result, address: '127.0.0.1' }, ...rest }
}

export const kinds = (facts: readonly { kind: string }[]) => facts.map((fact) => fact.kind)
export const state = () =>
  ctx.db.selectFrom('site_state').selectAll().where('site_id', '=', site.id).executeTakeFirstOrThrow()
/** Its alerts that are not resolved. */
export const live = () =>
  ctx.db
    .selectFrom('alert')
    .selectAll()
    .where('site_id', '=', site.id)
    .where('status', '<>', 'resolved')
    .execute()
