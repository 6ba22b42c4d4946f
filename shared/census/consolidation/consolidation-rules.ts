import type { LEVELS } from '../../register/sites/sites-rules.ts'
import rules from './rules.json' with { type: 'json' }

type Level = (typeof LEVELS)[number]

/** Which sites should not stand alone: those of these levels, or with one of these words in their name. */
export interface AloneRule {
  readonly id: string
  readonly levels: readonly Level[]
  readonly names: readonly string[]
  readonly label: { readonly zh: string; readonly en: string }
  /** As the text says it, with where it stands. */
  readonly wording: { readonly zh: string; readonly en: string }
}

export const ALONE_RULES = rules as readonly AloneRule[]

export const MOVE_STATES = ['planned', 'done', 'cancelled'] as const
export type MoveState = (typeof MOVE_STATES)[number]

/** Characters. */
export const MOST_PLATFORM_NAME = 100
export const MOST_MOVE_NOTE = 500
/** A platform that nobody has said anything of is a shared one when it carries sites of so many units. */
export const UNITS_OF_SHARED = 2

/** The rules by which a site should not stand alone. */
export const rulesAgainst = (site: { readonly level: Level; readonly name: string }): AloneRule[] =>
  ALONE_RULES.filter(
    ({ levels, names }) => levels.includes(site.level) || names.some((word) => site.name.includes(word)),
  )
