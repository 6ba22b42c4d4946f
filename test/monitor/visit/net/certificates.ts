import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000

export interface Certificate {
  /** PEM. */
  cert: string
  key: string
  x509: x509.X509Certificate
  keys: CryptoKeyPair
}

export interface Wanted {
  /** DNS names and addresses that the certificate holds. */
  names?: string[]
  /** No issuer: it signs itself. */
  issuer?: Certificate | undefined
  isAuthority?: boolean
  fromDay?: number
  toDay?: number
  /** Where the issuer's certificate can be had, for those who miss it. */
  issuerUrl?: string
  subject?: string
  /** Another certificate for a key that exists, as of a cross-signed root. */
  keys?: CryptoKeyPair
}

function extensionsOf({ names = [], isAuthority = false, issuerUrl }: Wanted): x509.Extension[] {
  const san = names.map((value) => ({
    type: /^[\d.]+$|:/.test(value) ? ('ip' as const) : ('dns' as const),
    value,
  }))
  return [
    new x509.BasicConstraintsExtension(isAuthority, undefined, true),
    ...(san.length > 0 ? [new x509.SubjectAlternativeNameExtension(san)] : []),
    ...(issuerUrl ? [new x509.AuthorityInfoAccessExtension({ caIssuers: issuerUrl })] : []),
  ]
}

/** Makes a certificate that lives as long as the test. Days are counted from today. */
export async function makeCertificate(wanted: Wanted): Promise<Certificate> {
  const { issuer, names = [], fromDay = -30, toDay = 90 } = wanted
  const keys = wanted.keys ?? (await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']))
  const subject = wanted.subject ?? `CN=${names[0] ?? `authority ${Math.random()}`}`
  const made = await x509.X509CertificateGenerator.create({
    subject,
    issuer: issuer?.x509.subject ?? subject,
    notBefore: new Date(Date.now() + fromDay * DAY_MS),
    notAfter: new Date(Date.now() + toDay * DAY_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: issuer?.keys.privateKey ?? keys.privateKey,
    extensions: extensionsOf(wanted),
  })
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  return { cert: made.toString('pem'), key, x509: made, keys }
}
