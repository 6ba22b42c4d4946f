import type { Outline } from '../../../monitor/inspections/rule.ts'
import type { DemoSite } from '../../cast/register.ts'
import type { Behaviour } from '../../fleet/script.ts'

/** Something that a rule has found on a demo site, by its script. */
export interface MadeProblem {
  readonly rule: string
  readonly key: string
  /** Below the site's own address. */
  readonly path: string
  readonly excerpt: string
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>
  readonly told?: string
  /** What a picture of it outlines. */
  readonly outline?: Outline | null
  /** It was put right; without it, it stands there still. */
  readonly isGone?: true
}

/** A demo site as its script has it. */
export interface MadeOf {
  readonly site: DemoSite
  readonly behaviour: Behaviour
  /** Epoch ms. */
  readonly atMs: number
}
