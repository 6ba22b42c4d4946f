import { chance } from '../../cast/random.ts'
import type { Behaviour } from '../script.ts'
import { APPLY_PATH, isSystemDown, lostForms, oldPages } from './attachments.ts'
import { deadSubjects, plainPath } from './chrome.ts'

/** A link of a site that is broken for good, by the script. */
export interface BrokenLink {
  readonly path: string
  readonly kind: 'page' | 'attachment' | 'system'
  readonly onHome: boolean
  /** The page on which it stands. */
  readonly from: string
  readonly text: string
  readonly status: number
}

/** Links of a site's own pages that a deep scan should find broken. */
export function brokenLinksOf({ publisher, traits }: Pick<Behaviour, 'publisher' | 'traits'>): BrokenLink[] {
  const { salt } = publisher
  const gone = { kind: 'page', status: 404 } as const
  const subjects = traits.home === 'entrance' ? 0 : deadSubjects(salt)
  return [
    ...Array.from({ length: subjects }, (_, n) => ({
      ...gone,
      path: `/zt/closed-${n + 1}.html`,
      onHome: true,
      from: '/',
      text: `专题${n + 1}`,
    })),
    ...Array.from({ length: oldPages(salt) }, (_, n) => ({
      ...gone,
      path: `/about/old-${n + 1}.html`,
      onHome: false,
      from: plainPath('map'),
      text: `旧版栏目${n + 1}`,
    })),
    ...lostForms(salt).map(({ path, name }) => ({
      kind: 'attachment' as const,
      status: 404,
      path,
      onHome: false,
      from: plainPath('forms'),
      text: name,
    })),
    ...(isSystemDown(salt)
      ? [
          {
            kind: 'system' as const,
            status: 503,
            path: APPLY_PATH,
            onHome: false,
            from: plainPath('guides'),
            text: '网上申报系统',
          },
        ]
      : []),
  ]
}

/** One site in twenty-five answers with its home page where it has nothing; none of those of which a broken link is known. */
export const isSoftSite = (behaviour: Pick<Behaviour, 'publisher' | 'traits'>): boolean =>
  chance(behaviour.publisher.salt, 101) < 0.04 && brokenLinksOf(behaviour).length === 0
