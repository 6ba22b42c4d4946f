import type { RouteRecordRaw } from 'vue-router'
import type { NameIn } from '../../shared/locales/keys.ts'
import type { Action } from '../../shared/people/rights/rights.ts'

/** What the pages are for, as the navigation groups them. */
export const PAGE_GROUPS = ['watch', 'handle', 'manage'] as const
export type PageGroup = (typeof PAGE_GROUPS)[number]

/** A page of the desk that is listed in its navigation. */
export interface DeskPage {
  /** Of its route, and of its word in the navigation. */
  readonly name: NameIn<'nav'>
  readonly group: PageGroup
  /** Pages that are reached from it and belong to the same section. */
  readonly within?: readonly string[]
  /** The right, or one of the rights, that opens it. */
  readonly needs?: Action | readonly Action[]
  readonly demoOnly?: true
  /** The page of the same group that it stands behind; otherwise it is the last. */
  readonly after?: NameIn<'nav'>
  /** The key that leads to it, after g. */
  readonly key?: string
}

/**
 * The pages that a noun brings, as `web/pages/<wing>/<noun>/pages.ts` exports them. Nothing lists those files: a build
 * gathers them (`web/app/brought.ts`).
 */
export interface BroughtPages {
  readonly routes: readonly RouteRecordRaw[]
  readonly pages: readonly DeskPage[]
}
