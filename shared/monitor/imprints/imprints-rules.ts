/*
 * What a home page says of itself in its title and at its foot (2015 register, 2019 indicators: site code, ICP and police
 * filing, organiser, contact), held against what the register says. Pure functions over a page that was retrieved.
 */

/** In the order in which they are shown. */
export const CROSS_CHECKS = ['code', 'icp', 'police', 'unit', 'contact', 'name', 'address'] as const
export type CrossCheckName = (typeof CROSS_CHECKS)[number]

export const CHECK_OUTCOMES = ['agrees', 'differs', 'unmeasured'] as const

/**
 * Why something was not measured: the page was never read; part of it is drawn by a script, was not read to its end, or lies
 * in a page within it that did not open; the contact stands on a page of its own; neither page nor register says anything.
 */
export const UNMEASURED_FOR = ['unread', 'script', 'rest', 'frames', 'elsewhere', 'neither'] as const
export type UnmeasuredFor = (typeof UNMEASURED_FOR)[number]

/** The field of the register that is settled by the page's value. */
export const FIELD_OF: Readonly<Record<CrossCheckName, string>> = {
  code: 'code',
  icp: 'icp',
  police: 'police',
  unit: 'unit',
  contact: 'contact1Phone',
  name: 'name',
  address: 'redirectUrl',
}

/** Marks that each page of a government site has at its foot (47 of 2017): official site, report an error, map of the site. */
export const MARKS = ['official', 'report', 'map'] as const
export type Mark = (typeof MARKS)[number]

/** What a page says of itself. */
export interface Imprint {
  readonly title: string
  readonly codes: readonly string[]
  readonly icp: readonly string[]
  readonly police: readonly string[]
  readonly units: readonly string[]
  readonly phones: readonly string[]
  /** It leads to a page with the contact. */
  readonly leadsToContact: boolean
  /** Undefined: it was read before marks were. */
  readonly marks?: readonly Mark[]
  /** Part of it was not seen, so that what was not found may stand there. */
  readonly unseen: 'script' | 'rest' | 'frames' | null
}

/** What the register says of the same. */
export interface Registered {
  readonly code: string
  readonly name: string
  readonly unit: string
  readonly url: string
  readonly redirectUrl: string | null
  readonly icp: string | null
  readonly police: string | null
  /** Of the head and the contacts; never shown with a check. */
  readonly phones: readonly string[]
}

export interface CrossCheck {
  readonly check: CrossCheckName
  readonly outcome: (typeof CHECK_OUTCOMES)[number]
  /** Null: it says nothing, or (the contact) what it says is not for everybody. */
  readonly register: string | null
  readonly page: string | null
  readonly reason: UnmeasuredFor | null
}

const BETWEEN = ' / '
/** Without what is written now so, now so: width, spaces, case, the ending of a number. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
const digits = (text: string): string => text.replace(/\D/g, '')
/** A filing's number; the serial of one site among several of an owner says nothing of whose it is. */
const filing = (text: string): string =>
  plain(text)
    .replace(/-\d{1,3}$/, '')
    .replace(/[\u53f7\u865f]$/, '')
    .replace('\u5099', '\u5907')
    .replace('\u8b49', '\u8bc1')

/** The sign of the province in front, where both have one. */
function isOfSameProvince(one: string, other: string): boolean {
  const [here, there] = [one, other].map(
    (text) => /([\u4e00-\u9fa5])\s*\u516c\u7f51\u5b89\u5907/.exec(text)?.[1],
  )
  return here === undefined || there === undefined || here === there
}

/** What ends the names of divisions, which stand before the name of their office: 广州市天河区教育局. */
const DIVISION = /[\u7701\u5e02\u533a\u53bf\u5dde\u76df\u65d7]$/

/** The name of a unit, with what is left out of it in every second place: 人民政府, 政府. */
const unitName = (text: string): string => plain(text).replaceAll('\u4eba\u6c11\u653f\u5e9c', '\u653f\u5e9c')

/** By its name, within whatever else is said; or by the end of its name, without the divisions before that. */
const isUnit = (said: string, registered: string): boolean =>
  said.includes(registered) ||
  (registered.endsWith(said) && DIVISION.test(registered.slice(0, registered.length - said.length)))

/**
 * Holds what a page says against the register, check by check.
 * @param imprint null: the page was never read. @param finalUrl where the page really was.
 */
export function crossChecks(
  register: Registered,
  imprint: Imprint | null,
  finalUrl: string | null,
): CrossCheck[] {
  const checks: Readonly<Record<CrossCheckName, (page: Imprint) => Found>> = {
    code: (page) => ({ said: page.codes, register: register.code, isSame: same(register.code, plain) }),
    icp: (page) => ({ said: page.icp, register: register.icp, isSame: same(register.icp, filing) }),
    police: (page) => ({
      said: page.police,
      register: register.police,
      isSame: (one) =>
        digits(one) === digits(register.police ?? '') && isOfSameProvince(one, register.police ?? ''),
    }),
    unit: (page) => ({
      said: page.units,
      register: register.unit,
      isSame: (one) => isUnit(unitName(one), unitName(register.unit)),
    }),
    contact: (page) => ({
      said: page.phones,
      register: null,
      isSame: (one) => register.phones.some((phone) => digits(phone) === digits(one)),
      elsewhere: page.leadsToContact,
    }),
    name: (page) => ({
      said: page.title ? [page.title] : [],
      register: register.name,
      isSame: (one) => plain(one).includes(plain(register.name)),
    }),
    address: () => ({
      said: finalUrl ? [addressIn(finalUrl)] : [],
      register: register.redirectUrl ?? register.url,
      isSame: (one) => [register.url, register.redirectUrl].some((url) => url && hostOf(url) === hostOf(one)),
    }),
  }
  return CROSS_CHECKS.map((check) =>
    imprint ? judged(check, checks[check](imprint), imprint) : unmeasured(check, 'unread'),
  )
}

interface Found {
  readonly said: readonly string[]
  readonly register: string | null
  readonly isSame: (said: string) => boolean
  readonly elsewhere?: boolean
}

const same = (registered: string | null, as: (text: string) => string) => (said: string) =>
  registered !== null && as(said) === as(registered)

/** One that agrees is enough: a page may name the site that it belongs to besides itself. */
function judged(
  check: CrossCheckName,
  { said, register, isSame, elsewhere }: Found,
  { unseen }: Imprint,
): CrossCheck {
  const agreeing = said.find(isSame)
  const page = agreeing ?? (said.length > 0 ? said.join(BETWEEN) : null)
  if (agreeing !== undefined) return { check, outcome: 'agrees', register, page, reason: null }
  if (page === null) {
    if (elsewhere) return unmeasured(check, 'elsewhere')
    if (unseen !== null) return unmeasured(check, unseen, register)
    // That a page names no contact at all is wrong whatever the register has.
    if (register === null && check !== 'contact') return unmeasured(check, 'neither')
  }
  return { check, outcome: 'differs', register, page, reason: null }
}

const unmeasured = (
  check: CrossCheckName,
  reason: UnmeasuredFor,
  register: string | null = null,
): CrossCheck => ({
  ...{ check, outcome: 'unmeasured', register, page: null, reason },
})

const hostOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : plain(url)

/** Without what stands behind the path, which is often of one visit. */
function addressIn(url: string): string {
  if (!URL.canParse(url)) return url
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

/** Those that differ. */
export const differing = (checks: readonly CrossCheck[]): CrossCheckName[] =>
  checks.filter(({ outcome }) => outcome === 'differs').map(({ check }) => check)
