import type { Alert } from '../../shared/alerts.ts'
import { daysBetween } from '../../shared/time.ts'

/** A sentence under `alerts.evidence` and its figures. */
export interface EvidenceWords {
  readonly key: 'down' | 'downStatus' | 'share' | 'newest' | 'undated' | 'stall' | 'line' | 'none'
  readonly cause: string | null
  readonly figures: Readonly<Record<string, string | number>>
}

const words = (
  key: EvidenceWords['key'],
  figures: EvidenceWords['figures'] = {},
  cause: string | null = null,
): EvidenceWords => ({ key, figures, cause })

/**
 * What the monitor saw, as a sentence.
 * @param today Shanghai day: a home page goes on ageing after its alert was opened.
 */
export function evidenceWords(
  { rule, evidence }: Pick<Alert, 'rule' | 'evidence'>,
  today: string,
): EvidenceWords {
  switch (rule) {
    case 'DOWN':
      return downWords(evidence)
    case 'V1':
      return words('share', { share: evidence.share ?? 0 })
    case 'V2':
      return evidence.newest
        ? words('newest', { newest: evidence.newest, days: daysBetween(evidence.newest, today) })
        : words('undated')
    case 'STALL':
      return words('stall', { sites: evidence.sites ?? 0 })
    case 'LINE':
      return words('line', { sites: evidence.sites ?? 0 })
  }
}

function downWords({ cause, status }: Alert['evidence']): EvidenceWords {
  if (!cause) return words('none')
  return status ? words('downStatus', { status }, cause) : words('down', {}, cause)
}
