import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Visited } from '../../server/monitor/visit/visited.ts'
import type { Cause, VisitResult } from '../../shared/monitor/visit/probes.ts'
import { type TestContext, testContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { type MadeSite, makeSite } from '../support/make.ts'

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

/** A spaced visit to the site, now; good unless a cause is told. */
export function visited(change: Partial<Visited> & { cause?: Cause } = {}): Visited {
  const { cause, ...rest } = change
  const isBlocked = cause?.startsWith('blocked_') ?? false
  const result: VisitResult = {
    outcome: cause ? (isBlocked ? 'blocked' : 'failed') : 'ok',
    cause: cause ?? null,
    status: cause ? null : 200,
    dnsMs: 0,
    connectMs: 1,
    tlsMs: null,
    ttfbMs: 20,
    totalMs: cause ? 15_000 : 42,
    bytes: cause ? 0 : 37_000,
    finalUrl: site.url,
    redirects: 0,
    notes: [],
    certDaysLeft: null,
    certificate: null,
    address: '127.0.0.1',
    bodyHash: cause ? null : 'abc',
    etag: null,
    lastModified: null,
    notModified: false,
  }
  return {
    siteId: site.id,
    atMs: ctx.clock.now(),
    result,
    extra: false,
    lineInDoubt: false,
    finding: null,
    ...rest,
  }
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
