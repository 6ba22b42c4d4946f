import type { Redirection } from '../../../../shared/monitor/line/line-rules.ts'
import { causeGroup } from '../../../../shared/monitor/visit/probes.ts'
import type { Way } from '../follow.ts'

/** How plain HTTP leads to HTTPS. */
export function redirectionOf({ hops, last }: Way): Redirection {
  const [first, second] = hops
  const { cause } = last.asked
  if (hops.length === 1 && cause !== null) return 'notNeeded'
  if (cause !== null && causeGroup(cause) === 'tls' && !last.asked.isNational) return 'invalidCertificate'
  if (!first || !second) return 'missing'
  if (last.url.protocol !== 'https:') return 'notToHttps'
  if (second.url.protocol === 'http:') return 'notFirst'
  return first.url.hostname === second.url.hostname ? 'toHttps' : 'offHost'
}
