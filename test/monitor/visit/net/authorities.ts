import type tls from 'node:tls'
import { beforeAll } from 'vitest'
import { HOME, page, serveTls, visit } from '../servers.ts'
import { type Certificate, makeCertificate } from './certificates.ts'

export let root: Certificate
export let intermediate: Certificate
export let stranger: Certificate

export const LEAF = { names: ['site.localhost'] }

export async function resultOf(
  leaf: Certificate,
  chain: Certificate[] = [],
  options: tls.TlsOptions = {},
  host = 'site.localhost',
) {
  const { port } = await serveTls(page(HOME), { leaf, chain, options })
  return (await visit(`https://${host}:${port}/`, { ca: root.cert })).result
}

/** Call once in a file: makes the authorities. */
export function haveAuthorities(): void {
  beforeAll(async () => {
    root = await makeCertificate({ isAuthority: true, toDay: 3650 })
    intermediate = await makeCertificate({ isAuthority: true, issuer: root, toDay: 60 })
    stranger = await makeCertificate({ isAuthority: true })
  })
}
