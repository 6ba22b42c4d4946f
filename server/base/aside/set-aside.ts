import { sql } from 'kysely'
import type { AsideKind } from '../../../shared/base/aside/aside.ts'
import { cut } from '../../../shared/base/text.ts'
import type { Context } from '../context.ts'
import { isLasting, sqlState } from '../db/failure.ts'

/** Something that cannot be done however often it is tried. */
export interface AsideItem {
  readonly kind: AsideKind
  /** Which one, among those of its kind: the same one again is counted, not kept twice. */
  readonly ref: string
  readonly siteId?: number | null
  /** What it was, for whoever looks into it. */
  readonly data?: unknown
}

const MAX_ERROR = 1_000
const MAX_DATA = 16_000

type Part = Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>

declare module '../context.ts' {
  interface After {
    /** Something was set aside. */
    setAside(ctx: Pick<Context, 'db' | 'clock' | 'wake'>): Promise<void>
  }
}

/**
 * Sets something aside, so that everything else goes on: kept, counted, shown to administrators, alarmed. Never
 * throws.
 * @returns false when the database is away, and it has to be done later.
 */
export async function setAside(ctx: Part, item: AsideItem, error: unknown): Promise<boolean> {
  const { kind, ref } = item
  ctx.log.error({ err: error, kind, ref }, 'set aside: it cannot be done, however often it is tried')
  try {
    await keep(ctx, item, error)
  } catch (failure) {
    ctx.log.error({ err: failure, kind, ref }, 'what was set aside could not be kept')
    return isLasting(failure)
  }
  await ctx.after
    .setAside(ctx)
    .catch((failure: unknown) => ctx.log.warn({ err: failure }, 'what was set aside is not told of yet'))
  return true
}

async function keep(ctx: Part, { kind, ref, siteId = null, data }: AsideItem, error: unknown): Promise<void> {
  const at = new Date(ctx.clock.now())
  await ctx.db
    .insertInto('set_aside')
    .values({
      kind,
      ref: cut(ref, 200),
      site_id: siteId,
      first_at: at,
      at,
      error: cut(error instanceof Error ? error.message : String(error), MAX_ERROR),
      code: sqlState(error),
      data: data === undefined ? null : cut(JSON.stringify(data), MAX_DATA),
    })
    .onConflict((on) =>
      on
        .columns(['kind', 'ref'])
        .where('ended_at', 'is', null)
        .doUpdateSet((eb) => ({
          at: eb.ref('excluded.at'),
          times: sql`set_aside.times + 1`,
          error: eb.ref('excluded.error'),
          code: eb.ref('excluded.code'),
          data: eb.ref('excluded.data'),
        })),
    )
    .execute()
}

/**
 * Does a piece of background work. What fails for a reason that will stay is set aside and counts as done.
 * @throws what will pass: it is to be tried again.
 */
export async function doOrSetAside(ctx: Part, item: AsideItem, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isLasting(error) || !(await setAside(ctx, item, error))) throw error
  }
}
