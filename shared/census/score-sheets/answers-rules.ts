import type { MessagesVerdict } from '../../monitor/messages/messages-rules.ts'
import type { Counted, SheetOf } from './sheets-rules.ts'

/** Letters of the hotline that nobody has answered for months: how many, and the numbers of some. */
export interface HotlineLetters {
  readonly count: number
  readonly numbers: readonly string[]
}

/**
 * Letters without an answer, by the hotline and by what the monitor has seen on the site itself, told apart. They count together;
 * where the hotline has none and the site's own columns could not be read, nothing is said.
 */
export function answersCounted(
  rule: string,
  hotline: HotlineLetters | undefined,
  site: MessagesVerdict,
): SheetOf & Required<Pick<SheetOf, 'apart'>> {
  const { outcome, why, count, some } = site
  const targets = some.flatMap(({ url }) => url ?? [])
  const all: Counted = {
    ...{ by: 'machine', count: (hotline?.count ?? 0) + count },
    proof: [...(hotline?.numbers ?? []), ...some.map(({ on, title, url }) => `${on} ${url ?? title}`)],
    targets,
  }
  return {
    counted: hotline || outcome !== 'unmeasured' ? { [rule]: all } : {},
    isPortal: false,
    apart: { [rule]: { hotline: hotline?.count ?? 0, site: { outcome, why, count } } },
  }
}
