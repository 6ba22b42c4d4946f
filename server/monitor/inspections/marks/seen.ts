import type { CrossCheck, Imprint } from '../../../../shared/monitor/imprints/imprints-rules.ts'

/** What a home page was seen to say of itself (`server/monitor/imprints/`), held against the register. */
export interface MarksSeen {
  /** Where the page is, and the address that the site is registered under. */
  readonly url: string
  readonly registered: string
  readonly imprint: Imprint | null
  readonly checks: readonly CrossCheck[]
}
