import 'reflect-metadata'
import { createSecureContext, type SecureContext } from 'node:tls'
import * as x509 from '@peculiar/x509'
import { DAY } from '../../../shared/base/time.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
/** Long before any visit. */
const LONG_AGO = new Date('2020-01-01T00:00:00Z')
/** So long ago an expired one has ended: somebody forgot to renew it. */
const ENDED_AGO = 2 * DAY

/** What is wrong with a certificate; `good` is signed by the fleet's authority and valid. */
export type Flavour = 'good' | 'expired' | 'wrong_host' | 'self_signed'

export interface Certificates {
  /** The authority's certificate (PEM), which the monitor has to trust. */
  readonly ca: string
  /** A context for the hosts that share a certificate; made when it is first asked for. */
  contextOf(hosts: readonly string[], flavour: Flavour): Promise<SecureContext>
}

interface Authority {
  readonly certificate: x509.X509Certificate
  readonly keys: CryptoKeyPair
}

interface Validity {
  readonly from: Date
  readonly to: Date
  /** When expired ones have ended. */
  readonly ended: Date
}

/**
 * A throw-away authority and what it signs, on keys that never leave the process. Good certificates are valid
 * for ten years from `nowMs`, and before it too: TLS reads the machine's clock, which a test's may differ from.
 */
export async function createCertificates(nowMs: number): Promise<Certificates> {
  const validity = {
    from: LONG_AGO,
    to: new Date(nowMs + 3_650 * DAY),
    ended: new Date(nowMs - ENDED_AGO),
  }
  const authority = await makeAuthority(validity)
  // One key pair for all leaves: they protect nothing, and keys are the slow part.
  const keys = await makeKeys()
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  const contexts = new Map<string, Promise<SecureContext>>()
  return {
    ca: authority.certificate.toString('pem'),
    contextOf(hosts, flavour) {
      const name = `${flavour} ${hosts[0]}`
      const known = contexts.get(name)
      if (known !== undefined) return known
      const made = makeLeaf(hosts, flavour, authority, keys, validity).then((leaf) =>
        createSecureContext({ key, cert: leaf.toString('pem') }),
      )
      contexts.set(name, made)
      return made
    },
  }
}

function makeKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
}

async function makeAuthority({ from, to }: Validity): Promise<Authority> {
  const keys = await makeKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Siteward demonstration authority',
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: from,
    notAfter: to,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  })
  return { certificate, keys }
}

function makeLeaf(
  hosts: readonly string[],
  flavour: Flavour,
  { certificate, keys: authorityKeys }: Authority,
  keys: CryptoKeyPair,
  validity: Validity,
): Promise<x509.X509Certificate> {
  const names = flavour === 'wrong_host' ? ['another-site.localhost'] : hosts
  const params = {
    notBefore: validity.from,
    notAfter: flavour === 'expired' ? validity.ended : validity.to,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value }))),
    ],
  }
  const name = `CN=${names[0]}`
  if (flavour === 'self_signed') {
    return x509.X509CertificateGenerator.createSelfSigned({ ...params, name, keys })
  }
  return x509.X509CertificateGenerator.create({
    ...params,
    subject: name,
    issuer: certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
  })
}
