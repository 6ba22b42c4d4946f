import { itemKey } from '../../../monitor/findings/items.ts'
import { redatedOn } from '../../redated.ts'
import type { MadeOf, MadeProblem } from './kinds.ts'

/** The item that a demo site with forged dates shows under another day than its own. */
export function forgedDates(of: MadeOf): MadeProblem[] {
  const { scheme, host } = of.site
  const url = `${scheme}://${host}/`
  const seen = redatedOn(of, url)
  if (!seen) return []
  const { item, claimed, day, noticed } = seen
  return [
    {
      ...{ rule: 'dates-forged', key: `${itemKey(item)} ${claimed}`, path: '/' },
      excerpt: `${item.text} ${claimed}`,
      detail: {
        ...{ kind: 'moved', claimed, firstDay: day, firstDate: day, absentDay: null, seenDay: noticed },
        item: item.href ? new URL(item.href, url).href : null,
      },
    },
  ]
}
