import { LANGUAGES, type Language } from '../../base/locales.ts'
import { DEFAULT_ZONE } from '../../base/zone.ts'

/** Which days are worked where nobody has loaded a year: `server/register/workdays/builtin.ts` has them. */
export const CALENDARS = ['china', 'weekdays'] as const
export type CalendarCode = (typeof CALENDARS)[number]

/** The rules that sites are judged by: `shared/monitor/verdicts/editions/` has them. */
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
}

/** As it is in China, until somebody says otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  timeZone: DEFAULT_ZONE,
  calendar: 'china',
  edition: 'cn-2015',
  languages: [...LANGUAGES],
  language: LANGUAGES[0],
  place: null,
}

/** What every screen has to know of them. */
export type Installation = Pick<Settings, 'timeZone' | 'edition' | 'languages' | 'language'>

export const installationOf = ({ timeZone, edition, languages, language }: Settings): Installation => ({
  timeZone,
  edition,
  languages,
  language,
})
