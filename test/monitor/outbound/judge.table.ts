import { domainOf } from '../../../server/monitor/outbound/domain.ts'
import { type HostLook, judgeHost, type Landing } from '../../../server/monitor/outbound/looks/judge.ts'
import { isBad } from '../../../shared/monitor/outbound/outbound-rules.ts'
import { tableOf } from '../inspections/planted-table.ts'
import { CLEAN, HIJACKED, type LookedAt, PARKED } from './looks.ts'

export function look({
  host = 'www.example.cn',
  title = '',
  head = '',
  body = '',
  cause = null,
}: LookedAt): HostLook {
  const landing: Landing = {
    ...{ url: `http://${host}/`, host, domain: domainOf(host), title, issuer: null },
    ...{ status: cause ? null : 200, cause },
  }
  return { landing, head, body, isRegistered: null }
}
export const judged = (one: LookedAt) =>
  judgeHost(one.asked ?? 'www.example.cn', look(one), one.before ? look(one.before).landing : null).state

/** Hosts that somebody has taken over or sells; lotteries, crime, adult education, and hosts that only moved. */
export const HOSTS = tableOf('outbound-hijacked', [...HIJACKED, ...PARKED], CLEAN, (one) =>
  isBad(judged(one)) ? 'found' : 'clear',
)
