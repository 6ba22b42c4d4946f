import { inspectionRule } from '../../../../../shared/monitor/inspections/catalogue.ts'

/* By how much something is so small, faint or far that nobody sees it: as the rule for hidden links has it. */

const LIMITS = inspectionRule('hidden-links')?.limits ?? {}

/** Of what shines through, the share up to which nothing is seen. */
export const FAINT = Number(LIMITS.faint)
/** Pixels of a box that cuts what is in it, and of a line of running text, up to which nothing of it can be read. */
export const SLIVER = Number(LIMITS.sliver)
export const RUNNING = Number(LIMITS.running)
/** Pixels by which running text goes on at once so that nobody can read it. */
export const RUSH = Number(LIMITS.rush)
/** Per cent of its own size by which something is moved off the page. */
export const MOVED_OFF = Number(LIMITS.movedOff)
