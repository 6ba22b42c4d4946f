import { LANGUAGES, type Language } from '../../base/words/locales.ts'
import { DEFAULT_ZONE } from '../../base/zone.ts'

/** Which days are worked where nobody has loaded a year: `server/register/workdays/builtin.ts` has them. */
export const CALENDARS = ['china', 'weekdays'] as const
export type CalendarCode = (typeof CALENDARS)[number]

/** The rules that sites are judged by: `shared/register/rule-editions/` has them. */
export const EDITIONS = ['cn-2015', 'cn-2019'] as const
export type Edition = (typeof EDITIONS)[number]

/** What belongs to the installation and not to a person or a screen. */
export interface Settings {
  /** IANA name. */
  readonly timeZone: string
  readonly calendar: CalendarCode
  readonly edition: Edition
  /** The languages that screens, sentences and notices are offered in, and the one that who has not chosen gets. */
  readonly languages: Language[]
  readonly language: Language
  /** What the place is called; null, or '' in one language: as its division is. */
  readonly place: { readonly name: string; readonly nameEn: string } | null
  /** Whom owners of sites write to about the monitor's visits, as its public page says; null: it says nobody. */
  readonly contact: MonitorContact | null
  /** Whether files of the city are published each night; null: in the demo only. */
  readonly openData: boolean | null
  /** Where pages stand whose faults are known, and the seed of their plan; null: there are none but the demo's. */
  readonly testSite: { readonly url: string; readonly seed: number } | null
}

/** An office, not a person: it stands on a page for everybody. */
export interface MonitorContact {
  readonly office: string
  /** One of both may be ''. */
  readonly phone: string
  readonly mail: string
  /** From where visits come, as firewalls see it: each an IP address or range (CIDR), a name before it if one likes. */
  readonly addresses: string[]
}

/** The address or range of such a line; what stands before it is a name. */
export const rangeOf = (line: string): string => line.split(/\s+/).at(-1) ?? ''

/** As it is in China, until somebody says otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  timeZone: DEFAULT_ZONE,
  calendar: 'china',
  edition: 'cn-2015',
  languages: [...LANGUAGES],
  language: LANGUAGES[0],
  place: null,
  contact: null,
  openData: null,
  testSite: null,
}

/** The numbers of the edition in force that screens name. */
export interface Limits {
  /** V1 站点无法访问: failed share of the window, per cent. */
  readonly v1VetoPercent: number
  readonly v1WarnPercent: number
  /** Visits that each day of the window must have. */
  readonly v1MinPerDay: number
  readonly v1WindowDays: number
  /** V2 网站不更新: nothing dated within this many days to the reference day, that day included, is a veto. */
  readonly v2VetoDays: number
  /** Days without a new item after which a home page is close to the veto. */
  readonly v2WarnDays: number
  /** V3 栏目不更新: columns of news and notices not updated, overdue ones, blank ones. */
  readonly v3aVeto: number
  readonly v3bVeto: number
  readonly v3cVeto: number
}

/** What every screen has to know of them; the server adds the limits, which a screen waits for. */
export type Installation = Pick<Settings, 'timeZone' | 'languages' | 'language'> & {
  /** The code of the rules in force. */
  readonly edition: string
  readonly limits: Limits | null
}

export const installationOf = (
  { timeZone, languages, language }: Settings,
  edition: string,
  limits: Limits | null,
): Installation => ({ timeZone, edition, languages, language, limits })
