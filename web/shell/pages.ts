import type { Action } from '../../shared/users.ts'

/** A page of the desk that is listed in its navigation. */
export interface DeskPage {
  readonly name: string
  /** The page of one of them, which belongs to the same section. */
  readonly detail?: string
  readonly needs?: Action
  readonly demoOnly?: true
  /** The key that leads to it, after g. */
  readonly key?: string
}

export const DESK_PAGES: readonly DeskPage[] = [
  { name: 'overview', detail: 'district', key: 'o' },
  { name: 'alerts', detail: 'alert', key: 'a' },
  { name: 'sites', detail: 'site', key: 's' },
  { name: 'rectifications', detail: 'rectification', key: 'r' },
  { name: 'duty', key: 'd' },
  { name: 'escalation', key: 'e' },
  { name: 'notifications', key: 'n' },
  { name: 'wall', key: 'w' },
  { name: 'replay', key: 'p' },
  { name: 'wallLinks', needs: 'wall.link', key: 'l' },
  { name: 'users', needs: 'user.manage', key: 'p' },
  { name: 'rights', key: 'i' },
  { name: 'audit', needs: 'audit.read', key: 'u' },
  { name: 'fleet', needs: 'fleet.control', demoOnly: true, key: 'f' },
]

/** The pages that somebody may open. */
export function pagesFor(can: (action: Action) => boolean, isDemo: boolean): readonly DeskPage[] {
  return DESK_PAGES.filter(({ needs, demoOnly }) => (!needs || can(needs)) && (!demoOnly || isDemo))
}
