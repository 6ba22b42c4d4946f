import { z } from 'zod'
import { cut } from '../../../../../shared/base/text.ts'
import {
  MOST_UNSEEN,
  UNSEEN_BY,
  type Unlooked,
  type Unseen,
} from '../../../../../shared/monitor/page-checks/page-checks-rules.ts'
import { CLIPPED } from '../../../html/clipped.ts'
import { layersOf, type UnseenAsked, unseenNow } from './in-page.ts'
import { kitOf } from './kit.ts'
import { looksOf } from './looks.ts'
import { waysOf } from './ways.ts'

const { href, said, around } = MOST_UNSEEN
const ASKED: UnseenAsked = { links: 20_000, places: 300, blocks: 400, told: 300_000, href, said, around }
/** All of what a page is said to hide is thrown away where it is more. */
const MOST_SAID = 1_000_000
/** So many times as long as it may take, a page that does not answer is waited for. */
export const WAITING = 8

/** Functions are run as their own text; whoever runs the program from its sources gives them names by a function that is not there. */
const expression = (ms: number): string => `(() => {
  const __name = (one) => one
  const kit = (${kitOf})(${ms})
  const looks = (${looksOf})(kit, ${JSON.stringify(CLIPPED.source)})
  const ways = (${waysOf})(kit, looks)
  return (${unseenNow})(${JSON.stringify(ASKED)}, kit, ways, (${layersOf})(kit, looks, ways))
})()`

/**
 * Which links of a page that is open nobody sees.
 * @param say has an expression answered by the page, in a world of our own; ends it after so many ms. @param ms that it may take
 */
export async function askUnseen(
  say: (expression: string, endMs: number) => Promise<unknown>,
  ms: number,
): Promise<Unseen | Unlooked> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), WAITING * ms)
  })
  const asking = say(expression(ms), (WAITING / 2) * ms).then((one) => unseenOf(one) ?? ('failed' as const))
  return Promise.race([asking.catch(() => 'failed' as const), late]).finally(() => clearTimeout(timer))
}

const words = (most: number) => z.string().transform((text) => cut(text.replace(/\s+/g, ' ').trim(), most))
const unseen = z.object({
  isCut: z.boolean(),
  blocks: z
    .array(
      z.object({
        by: z.enum(UNSEEN_BY),
        isLater: z.boolean(),
        own: z.int().min(0),
        text: words(around),
        links: z
          .array(z.object({ href: z.string().max(href).refine(URL.canParse), text: words(said) }))
          .max(ASKED.links),
      }),
    )
    .max(ASKED.blocks),
})

/** What a page is said to hide; null where that is nothing of the kind. */
export function unseenOf(told: unknown): Unseen | null {
  if (typeof told !== 'string' || told.length > MOST_SAID) return null
  try {
    return unseen.safeParse(JSON.parse(told)).data ?? null
  } catch {
    return null
  }
}
