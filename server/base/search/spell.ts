import type { Context } from '../context.ts'
import { type Jobs, queue } from '../jobs.ts'
import { spellNames } from './letters.ts'

/** Names of the register that are not spelled yet; sent when many may have come at once. */
export const SPELLING = queue('spell-names')
const AT_ONCE = 1_000

/** Spells all names that are not spelled yet, the register of a whole nation within half a minute. @returns how many */
export async function spellAll(db: Context['db']): Promise<number> {
  let count = 0
  for (;;) {
    const spelled = await spellNames(db, AT_ONCE)
    count += spelled
    if (spelled < AT_ONCE) return count
  }
}

/** A search finds by pinyin what was spelled: what a load or a form has brought is spelled soon after it. */
export async function startSpelling(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work(SPELLING, 1, async () => {
    const spelled = await spellAll(ctx.db)
    if (spelled > 0) ctx.log.info({ spelled }, 'names were spelled, to be found by pinyin')
  })
  await jobs.every('* * * * *', SPELLING)
}
