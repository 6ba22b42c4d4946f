import type { Shown } from '../../../shared/monitor/freshness/evidence.ts'

/** A visited page that may be kept. */
export interface CarriedPage {
  readonly bytes: Uint8Array
  readonly shows: Shown
  /** It shows what the last page kept shows, unless the memory of the site's items does not believe its dates. */
  readonly spare?: boolean
}
