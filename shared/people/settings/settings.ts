import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import { language } from '../../base/words/language.ts'
import { CALENDARS, EDITIONS, type Limits } from './settings-rules.ts'

export * from './settings-rules.ts'

/** '' in one language: as the division is called in it. */
const name = sentText.max(50)

/** What may be set; what is said besides is refused with a sentence (`server/people/settings/service.ts`). */
export const settings = z.object({
  timeZone: sentText.max(64),
  calendar: z.enum(CALENDARS),
  edition: z.enum(EDITIONS),
  languages: z.array(language),
  language,
  place: z.object({ name, nameEn: name }).nullable(),
  contact: z
    .object({
      office: sentText.max(80),
      phone: sentText.max(40),
      mail: sentText.max(120),
      addresses: z.array(sentText.max(120)).max(50),
    })
    .nullable()
    .default(null),
  openData: z.boolean().nullable().default(null),
  testSite: z
    .object({ url: sentText.max(300), seed: z.int().min(0).max(2_147_483_647) })
    .nullable()
    .default(null),
})

/** `version`: the one that was seen; 0 while nobody has changed anything. */
export const versionedSettings = z.object({ version: z.int(), settings })
export type VersionedSettings = z.infer<typeof versionedSettings>

const limit = z.number()
export const limits = z.object({
  v1VetoPercent: limit,
  v1WarnPercent: limit,
  v1MinPerDay: limit,
  v1WindowDays: limit,
  v2VetoDays: limit,
  v2WarnDays: limit,
  v3aVeto: limit,
  v3bVeto: limit,
  v3cVeto: limit,
}) satisfies z.ZodType<Limits>

export const installation = settings
  .pick({ timeZone: true, languages: true, language: true })
  .extend({ edition: z.string(), limits: limits.nullable() })
