import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { ConfigError } from './config-error.ts'
import { parseProxies, type TrustedProxies } from './http/proxy.ts'
import type { SecretKeys } from './secrets/keys.ts'

const flag = z.enum(['0', '1', 'true', 'false', '']).transform((text) => text === '1' || text === 'true')
/** What is blank is no number: `Number(' ')` would be 0. */
const number = (min: number, max: number) =>
  z.string().trim().min(1, 'is no number').pipe(z.coerce.number<string>().int().min(min).max(max))
const count = (fallback: number, min: number, max: number) => number(min, max).default(fallback)

/** An origin as browsers write it; a slash behind it, as people write it, is taken away. */
const origin = z
  .url({ protocol: /^https?$/, error: 'must be an origin such as https://siteward.example.gov.cn' })
  .transform((text) => new URL(text))
  .refine(({ href, origin }) => href === `${origin}/`, {
    error: 'must be an origin such as https://siteward.example.gov.cn, without a path',
  })
  .transform((url) => url.origin)

/** Names and meanings of the environment; the README's table says the same. */
const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: count(3000, 0, 65_535),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  /** Demo fleet and demonstration data; on unless a register was imported. */
  DEMO: z.enum(['auto', 'on', 'off']).default('auto'),
  /** Seconds between two visits to a site. */
  VISIT_INTERVAL: count(300, 5, 3_600),
  /** The demo's own. */
  DEMO_INTERVAL: count(30, 5, 3_600),
  /** Visits under way at most. */
  VISIT_CONCURRENCY: count(800, 1, 2_000),
  /** Threads that read pages; one less than there are cores, where nothing is said. 0: they are read between visits. */
  READER_THREADS: number(0, 64).optional(),
  /** Whether pages are drawn by a browser: where one is found, or not at all. */
  RENDER: z.enum(['auto', 'off']).default('auto'),
  /** The Chromium that draws them; one of the system's or the package's, where nothing is said. */
  CHROMIUM_PATH: z.string().optional(),
  /** Days that visits are kept one by one. */
  VISIT_RETENTION_DAYS: count(90, 8, 3_650),
  /** Whether sites are scanned for broken links by the week, each at its own hour. */
  WEEKLY_SCANS: flag.default(true),
  /** Address ranges (CIDR, comma-separated) that visits may reach although they are not public. */
  ALLOW_ADDRESSES: z.string().default(''),
  /** Fixed addresses of host names: `name=address`, comma-separated. */
  HOSTS: z.string().default(''),
  /** File with certificates (PEM) to trust besides the system's. */
  EXTRA_CA: z.string().refine(existsSync, 'there is no such file').optional(),
  /** Addresses (URLs, comma-separated) that always answer, by which the monitor knows its own line. */
  REFERENCE_TARGETS: z.string().default(''),
  /** The place that this monitor looks from, beside the home place; and where that is, in words. */
  VANTAGE: z.string().trim().max(40).optional(),
  VANTAGE_REGION: z.string().trim().max(80).optional(),
  USER_AGENT: z.string().min(1).default('Siteward/0.1 (government website monitor)'),
  /** Reverse proxies whose X-Forwarded-* are believed: how many, or their addresses. */
  TRUST_PROXY: z.string().default(''),
  /** Requests that one person, token or address may make in a minute; heavy ones count for more. 0: no limit. */
  REQUESTS_PER_MINUTE: count(6_000, 0, 1_000_000),
  /** Keys that secrets are sealed with (base64, the newest first), or the file that holds them. */
  SECRETS_KEY: z.string().optional(),
  SECRETS_KEY_FILE: z.string().optional(),
  /** Comments of one person in a day. */
  COMMENTS_PER_DAY: count(500, 1, 1_000_000),
  /** Origin that people's browsers show, when it is not the one that requests arrive at. */
  PUBLIC_ORIGIN: origin.optional(),
  /** Good visits in a row before a rectification of an outage is closed. */
  VERIFY_GOOD_VISITS: count(20, 1, 1_000),
  /** Sign-in by an OpenID Connect provider: all of the first three, or none. */
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** What the button on the sign-in page says, other than the usual. */
  OIDC_LABEL: z.string().max(40).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  LOG_FORMAT: z.enum(['auto', 'json', 'pretty']).default('auto'),
})

/** Another place than the home place, from which sites are looked at. */
export interface VantageConfig {
  readonly name: string
  readonly region: string | null
}

export const ROLE_NAMES = ['all', 'web', 'monitor', 'render'] as const
export type ProcessRole = (typeof ROLE_NAMES)[number]

/** Whether a process of this role serves people, visits sites, draws pages. */
export const serves = (role: ProcessRole): boolean => role === 'all' || role === 'web'
export const visits = (role: ProcessRole): boolean => role === 'all' || role === 'monitor'
export const draws = (role: ProcessRole): boolean => role === 'all' || role === 'render'
/** Whether a process does what must be done for all by the clock: not if it only draws, or looks from another place. */
export const keepsTime = ({ role, vantage }: Pick<Config, 'role' | 'vantage'>): boolean =>
  vantage === null && (serves(role) || visits(role))

export interface ProviderConfig {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly label: string | null
}

export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  /** Undefined: the embedded database in `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly demo: 'auto' | 'on' | 'off'
  readonly role: ProcessRole
  readonly visitIntervalS: number
  readonly demoIntervalS: number
  readonly visitConcurrency: number
  /** Undefined: as many as this machine has room for. 0: none. */
  readonly readerThreads: number | undefined
  /** Pages are drawn by a browser, where one is found. */
  readonly rendering: boolean
  readonly chromiumPath: string | undefined
  readonly visitRetentionDays: number
  readonly weeklyScans: boolean
  readonly allowAddresses: readonly string[]
  readonly hosts: Readonly<Record<string, string>>
  readonly extraCaFile: string | undefined
  readonly referenceTargets: readonly string[]
  /** Null: the home place, which visits, reads and judges. */
  readonly vantage: VantageConfig | null
  readonly userAgent: string
  readonly trustProxy: TrustedProxies
  readonly secretsKey: string | undefined
  readonly secretsKeyFile: string | undefined
  /** What secrets are opened and sealed with; read from the two above at start. */
  readonly secretKeys: SecretKeys
  readonly commentsPerDay: number
  /** 0: no limit. */
  readonly requestsPerMinute: number
  readonly publicOrigin: string | undefined
  readonly verifyGoodVisits: number
  /** Null: people sign in by password only. */
  readonly provider: ProviderConfig | null
  readonly logLevel: string
  readonly logFormat: 'auto' | 'json' | 'pretty'
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

function parseAddresses(text: string): string[] {
  return list(text).map((range) => {
    if (!ipaddr.isValidCIDR(range)) {
      throw new ConfigError(`ALLOW_ADDRESSES: "${range}" is no range such as 10.0.0.0/8.`)
    }
    return range
  })
}

function parseHosts(text: string): Record<string, string> {
  return Object.fromEntries(
    list(text).map((pair) => {
      const [name, address] = pair.split('=')
      if (!name || address === undefined || !isIP(address))
        throw new ConfigError(`HOSTS: "${pair}" is not name=address, such as www.gov.cn=10.1.2.3.`)
      return [name.toLowerCase(), address]
    }),
  )
}

function parseTargets(text: string): string[] {
  return list(text).map((target) => {
    if (!URL.canParse(target) || !/^https?:/i.test(target)) {
      throw new ConfigError(`REFERENCE_TARGETS: "${target}" is no address such as https://www.gov.cn/.`)
    }
    return target
  })
}

function parseTrusted(text: string): TrustedProxies {
  const how = 'give the number of proxies in front (1), or their addresses (loopback, 10.1.2.0/24)'
  if (text === 'true') {
    throw new ConfigError(`TRUST_PROXY: "true" would believe whatever address anybody claims; ${how}.`)
  }
  try {
    return parseProxies(text === 'false' ? [] : list(text))
  } catch {
    throw new ConfigError(`TRUST_PROXY: "${text}" is neither a number nor addresses; ${how}.`)
  }
}

type OidcSettings = Pick<
  z.output<typeof environment>,
  'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET' | 'OIDC_LABEL'
>

function parseProvider(e: OidcSettings): ProviderConfig | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = e
  if (!issuer && !clientId && !clientSecret) return null
  if (!issuer || !clientId || !clientSecret) {
    throw new ConfigError('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: set all of them, or none.')
  }
  const { protocol, hostname } = new URL(issuer)
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere)) {
    throw new ConfigError('OIDC_ISSUER: must begin with https://, unless it is on this machine.')
  }
  return { issuer, clientId, clientSecret, label: e.OIDC_LABEL ?? null }
}

function parseVantage(
  { VANTAGE: name, VANTAGE_REGION: region }: Pick<z.output<typeof environment>, 'VANTAGE' | 'VANTAGE_REGION'>,
  role: ProcessRole,
): VantageConfig | null {
  if (!name && !region) return null
  if (!name)
    throw new ConfigError('VANTAGE_REGION: set VANTAGE, too: the region is that of a place with a name.')
  if (role !== 'monitor') throw new ConfigError('VANTAGE: only a --role monitor looks from another place.')
  return { name, region: region || null }
}

function parseRole(args: readonly string[]): ProcessRole {
  const at = args.findIndex((arg) => arg === '--role' || arg.startsWith('--role='))
  if (at < 0) return 'all'
  const given = args[at]?.includes('=') ? args[at]?.split('=')[1] : args[at + 1]
  const role = ROLE_NAMES.find((name) => name === given)
  if (!role) throw new ConfigError(`--role ${given ?? ''}: must be one of ${ROLE_NAMES.join(', ')}.`)
  return role
}

/**
 * Reads the environment and the command line once.
 * @throws ConfigError with one sentence for each thing that is wrong.
 */
export function parseConfig(env: Record<string, string | undefined>, args: readonly string[]): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const sentences = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`)
    throw new ConfigError(sentences.join('\n'))
  }
  const e = parsed.data
  const role = parseRole(args)
  if (role !== 'all' && !e.DATABASE_URL) {
    throw new ConfigError(`--role ${role} needs DATABASE_URL: the embedded database serves one process only.`)
  }
  return {
    host: e.HOST,
    port: e.PORT,
    dataDir: e.DATA_DIR,
    databaseUrl: e.DATABASE_URL,
    demo: e.DEMO,
    role,
    visitIntervalS: e.VISIT_INTERVAL,
    demoIntervalS: e.DEMO_INTERVAL,
    visitConcurrency: e.VISIT_CONCURRENCY,
    readerThreads: e.READER_THREADS,
    rendering: e.RENDER === 'auto',
    chromiumPath: e.CHROMIUM_PATH,
    visitRetentionDays: e.VISIT_RETENTION_DAYS,
    weeklyScans: e.WEEKLY_SCANS,
    allowAddresses: parseAddresses(e.ALLOW_ADDRESSES),
    hosts: parseHosts(e.HOSTS),
    extraCaFile: e.EXTRA_CA,
    referenceTargets: parseTargets(e.REFERENCE_TARGETS),
    vantage: parseVantage(e, role),
    userAgent: e.USER_AGENT,
    trustProxy: parseTrusted(e.TRUST_PROXY),
    secretsKey: e.SECRETS_KEY,
    secretsKeyFile: e.SECRETS_KEY_FILE,
    secretKeys: { all: [], file: null },
    commentsPerDay: e.COMMENTS_PER_DAY,
    requestsPerMinute: e.REQUESTS_PER_MINUTE,
    publicOrigin: e.PUBLIC_ORIGIN,
    verifyGoodVisits: e.VERIFY_GOOD_VISITS,
    provider: parseProvider(e),
    logLevel: e.LOG_LEVEL,
    logFormat: e.LOG_FORMAT,
  }
}
