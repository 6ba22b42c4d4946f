import type { HeaderResults } from '../../../../shared/monitor/line/grade-rules.ts'

type CookieResult = HeaderResults['cookies']

interface Cookie {
  readonly name: string
  readonly isSecure: boolean
  readonly isHttpOnly: boolean
  /** Null: nothing is said. */
  readonly sameSite: string | null
}

/** The worst last. */
const ORDER = [
  'insecureButHsts',
  'insecure',
  'sessionInsecureButHsts',
  'sameSiteInvalid',
  'csrfWithoutSameSite',
  'sessionWithoutHttpOnly',
  'sessionInsecure',
] as const
const SAME_SITE = ['lax', 'strict', 'none']

/** What the cookies of a page come to. @param hasHsts the page says that it is only to be asked for by HTTPS */
export function cookieResult(setCookies: readonly string[], hasHsts: boolean): CookieResult {
  const cookies = setCookies.map(parse).filter(({ name }) => name !== '')
  if (cookies.length === 0) return 'none'
  const faults = cookies.flatMap((cookie) => faultsOf(cookie, hasHsts))
  const worst = ORDER.findLast((one) => faults.includes(one))
  if (worst) return worst
  return cookies.every(({ sameSite }) => sameSite !== null) ? 'secureSameSite' : 'secure'
}

function parse(text: string): Cookie {
  const [pair = '', ...rest] = text.split(';')
  const said = new Map(
    rest.map((part) => {
      const [name = '', value = ''] = part.split('=')
      return [name.trim().toLowerCase(), value.trim().toLowerCase()] as const
    }),
  )
  return {
    name: (pair.split('=')[0] ?? '').trim().toLowerCase(),
    isSecure: said.has('secure'),
    isHttpOnly: said.has('httponly'),
    sameSite: said.get('samesite') ?? null,
  }
}

function faultsOf({ name, isSecure, isHttpOnly, sameSite }: Cookie, hasHsts: boolean): CookieResult[] {
  const isSession = name.includes('login') || name.includes('sess')
  const insecure: CookieResult = isSession
    ? hasHsts
      ? 'sessionInsecureButHsts'
      : 'sessionInsecure'
    : hasHsts
      ? 'insecureButHsts'
      : 'insecure'
  const isOdd = sameSite !== null && (!SAME_SITE.includes(sameSite) || (sameSite === 'none' && !isSecure))
  const faults: readonly (readonly [is: boolean, fault: CookieResult])[] = [
    [isOdd, 'sameSiteInvalid'],
    [!isSecure, insecure],
    [name.includes('csrf') && sameSite === null, 'csrfWithoutSameSite'],
    [isSession && !isHttpOnly, 'sessionWithoutHttpOnly'],
  ]
  return faults.flatMap(([is, fault]) => (is ? [fault] : []))
}
