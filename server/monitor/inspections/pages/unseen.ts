import { causeGroup, type VisitResult } from '../../../../shared/monitor/visit/probes.ts'

/**
 * Why a rule that has asked for a page has not seen it; null: the site itself has answered, be it with an error. One silence says
 * nothing of a page, nor does a server that does not want to be asked.
 */
export function whyUnseen({
  outcome,
  cause,
  status,
}: Pick<VisitResult, 'outcome' | 'cause' | 'status'>): 'blocked' | 'notOpened' | null {
  if (outcome === 'blocked') return 'blocked'
  const group = cause && causeGroup(cause)
  const isRefused = outcome === 'failed' && status !== null && REFUSALS.includes(status)
  return isRefused || group === 'network' || group === 'monitor' ? 'notOpened' : null
}

/** Forbidden, and too many requests. */
const REFUSALS: readonly number[] = [403, 429]
