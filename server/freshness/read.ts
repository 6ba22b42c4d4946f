import type { Finding } from '../../shared/freshness.ts'

/** A page as it was fetched. `ref` is the Shanghai day that counts as today. */
export interface PageInput {
  bytes: Uint8Array
  headers?: Record<string, string | undefined>
  url?: string
  kind?: 'home' | 'list' | 'article'
  ref: string
}

/** Reads the newest credible publish date shown on a page. Never throws, never answers later than `ref`. */
export function readPage(input: PageInput): Finding {
  const reason = input.bytes.length === 0 ? 'empty' : 'no_dates'
  return {
    outcome: reason === 'empty' ? 'unreadable' : 'undated',
    newest: null,
    evidence: null,
    reason,
    recent: 0,
    items: [],
    rejected: [],
    encoding: 'utf-8',
    entrance: false,
  }
}
