import { X509Certificate } from 'node:crypto'
import type { Order, Refused } from '../order.ts'
import type { Fault, HopAnswer } from './hop.ts'
import type { Trust } from './tls.ts'

const MAX_CERTIFICATE_BYTES = 65_536

type Get = (order: Order) => Promise<HopAnswer | Fault | Refused>

/** Where a certificate says that its issuer can be had (RFC 5280 section 4.2.2.1); plain HTTP only. */
function issuerUrl(certificate: X509Certificate): URL | null {
  const address = /CA Issuers - URI:(http:\S+)/i.exec(certificate.infoAccess ?? '')?.[1]
  return address && URL.canParse(address) ? new URL(address) : null
}

function parse(bytes: Buffer): X509Certificate | null {
  try {
    return new X509Certificate(bytes)
  } catch {
    return null
  }
}

async function download(url: URL, get: Get): Promise<X509Certificate | null> {
  const request = `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: close\r\n\r\n`
  const answer = await get({ url, request, maxBytes: MAX_CERTIFICATE_BYTES, wantsBody: () => true })
  return answer.kind === 'answer' && answer.head.status === 200 ? parse(answer.body) : null
}

/** The certificate above `orphan`, fetched once and then known to `trust`; null if it cannot be had. */
export async function fetchIssuer(
  orphan: X509Certificate,
  trust: Trust,
  get: Get,
): Promise<X509Certificate | null> {
  const url = issuerUrl(orphan)
  if (!url) return null
  const known = trust.intermediate(url.href)
  if (known) return known
  const issuer = await download(url, get)
  if (!issuer || !orphan.checkIssued(issuer)) return null
  trust.learn(url.href, issuer)
  return issuer
}
