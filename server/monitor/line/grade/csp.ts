import type { HeaderResults } from '../../../../shared/monitor/line/grade-rules.ts'

type Policy = ReadonlyMap<string, ReadonlySet<string>>

const BROAD = new Set(['ftp:', 'http:', 'https:', '*', 'http://*', 'http://*.*', 'https://*', 'https://*.*'])
const INLINE = new Set(["'unsafe-inline'", 'data:'])
const PASSIVE = ['img-src', 'media-src']
const ANY: ReadonlySet<string> = new Set(['*'])
/** The best first: of several policies a browser follows all, so that the strictest is what holds. */
const ORDER = [
  'strict',
  'safe',
  'unsafeStyle',
  'insecurePassive',
  'unsafeEval',
  'unsafeInline',
  'insecureScheme',
  'invalid',
  'none',
] as const
type CspResult = HeaderResults['csp']

/**
 * What the content security policies of a page come to.
 * @param headers values of the header, and of `<meta http-equiv>`. @param isHttps of the page
 */
export function cspResult(headers: readonly string[], isHttps: boolean): CspResult {
  const policies = headers.flatMap((value) => value.split(',')).map(parse)
  const results = policies.filter((policy) => policy.size > 0).map((policy) => resultOf(policy, isHttps))
  return ORDER.find((one) => results.includes(one)) ?? 'none'
}

/** Whether a policy says who may show the page in a frame; in `<meta>` that does not count. */
export const saysFrames = (headers: readonly string[]): boolean =>
  headers.flatMap((value) => value.split(',')).some((value) => parse(value).has('frame-ancestors'))

function parse(text: string): Policy {
  const policy = new Map<string, ReadonlySet<string>>()
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/)
    // Of a directive that is there twice the first counts.
    if (name !== '' && !policy.has(name.toLowerCase())) {
      policy.set(name.toLowerCase(), new Set(sources.map((one) => one.toLowerCase())))
    }
  }
  return policy
}

function resultOf(policy: Policy, isHttps: boolean): CspResult {
  const of = (name: string) => policy.get(name) ?? policy.get('default-src') ?? ANY
  const scripts = tamed(of('script-src'))
  if (scripts === null) return 'invalid'
  const styles = withoutIdleInline(of('style-src'))
  const has = (sources: Iterable<string>, ...kinds: ReadonlySet<string>[]) =>
    [...sources].some((one) => kinds.some((kind) => kind.has(one)))
  if (has(scripts, BROAD, INLINE) || has(of('object-src'), BROAD)) return 'unsafeInline'
  const active = [...policy].filter(([name]) => !PASSIVE.includes(name) && name !== 'script-src')
  const isPlain = (one: string) => one.startsWith('http:') || one.startsWith('ftp:')
  if (isHttps && [...active.flatMap(([, sources]) => [...sources]), ...scripts].some(isPlain)) {
    return 'insecureScheme'
  }
  if (scripts.has("'unsafe-eval'") || styles.has("'unsafe-eval'")) return 'unsafeEval'
  if (
    isHttps &&
    PASSIVE.some((name) => [...(policy.get(name) ?? policy.get('default-src') ?? [])].some(isPlain))
  ) {
    return 'insecurePassive'
  }
  if (has(styles, BROAD, INLINE)) return 'unsafeStyle'
  const fallback = policy.get('default-src')
  return fallback?.size === 1 && fallback.has("'none'") ? 'strict' : 'safe'
}

const isNamed = (one: string) => /^'(?:sha(?:256|384|512)|nonce)-/.test(one)

/** Where something is let in by its hash or number, `'unsafe-inline'` is not followed any more. */
function withoutIdleInline(sources: ReadonlySet<string>): ReadonlySet<string> {
  if (![...sources].some(isNamed)) return sources
  return new Set([...sources].filter((one) => one !== "'unsafe-inline'"))
}

/** Sources of scripts as browsers follow them; null: what is said makes no sense. */
function tamed(sources: ReadonlySet<string>): ReadonlySet<string> | null {
  if (!sources.has("'strict-dynamic'")) return withoutIdleInline(sources)
  if (![...sources].some(isNamed)) return null
  const isFollowed = (one: string) =>
    one !== "'self'" && one !== "'unsafe-inline'" && ![...BROAD].some((broad) => one.startsWith(broad))
  return new Set([...sources].filter(isFollowed))
}
