import { isBad, isCode } from '../../../../shared/monitor/outbound/outbound-rules.ts'
import { chapterOf, foreignOf } from '../../cast/foreign.ts'
import { isSoftSite } from '../../fleet/pages/broken-links.ts'
import { plainPath } from '../../fleet/pages/chrome.ts'
import { formFault } from '../../fleet/pages/files.ts'
import { FRAMED_SLUG } from '../../fleet/pages/foreign.ts'
import type { MadeOf, MadeProblem } from './kinds.ts'

/** Forms that may be wrong, with their endings. */
const FORMS = [
  [3, 'pdf'],
  [4, 'zip'],
] as const

/** Links to hosts that have gone bad, a home page for whatever is asked for, and forms that do not open. */
export function outboundProblems({ behaviour }: MadeOf): MadeProblem[] {
  const { salt } = behaviour.publisher
  const isEntrance = behaviour.traits.home === 'entrance'
  const hosts = foreignOf(salt).flatMap((one): MadeProblem[] => {
    const { state, title } = chapterOf(one)
    const isOnHome = !isCode(one.manner)
    if (!isBad(state) || (isOnHome && isEntrance)) return []
    return [
      {
        ...{ rule: 'outbound-hijacked', key: one.host, path: isOnHome ? '/' : plainPath(FRAMED_SLUG) },
        excerpt: [one.name, one.host, title].filter(Boolean).join(' → '),
        ...{ detail: { state, title, pages: 1, manner: one.manner }, told: one.host },
        ...(one.manner === 'link' && { outline: { text: one.name } }),
      },
    ]
  })
  const forms = FORMS.flatMap(([n, ending]): MadeProblem[] => {
    const fault = formFault(n, ending, salt)
    const path = `/files/form-${n}.${ending}`
    if (!fault) return []
    const is = fault === 'html' ? 'html' : ending
    return [
      {
        rule: 'attachment-opens',
        key: path,
        path,
        excerpt: `${path} · ${fault} · ${is}`,
        detail: { fault, is },
      },
    ]
  })
  const soft: MadeProblem[] = isSoftSite(behaviour)
    ? [
        {
          rule: 'soft-404',
          key: 'soft-404',
          path: '/0a1b2c3d4e5fa.html',
          excerpt: '/0a1b2c3d4e5fa.html',
          detail: { is: 'home' },
        },
      ]
    : []
  return [...hosts, ...soft, ...forms]
}
