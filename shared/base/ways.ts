import { z } from 'zod'
import { sentText } from './sent-text.ts'
import { MAIL, PHONE } from './ways-rules.ts'

export * from './ways-rules.ts'

const phone = z.union([z.literal(''), sentText.max(40).regex(PHONE)])
const mail = z.union([z.literal(''), sentText.max(100).regex(MAIL)])

/** The ways to somebody; '' where there is none. */
export const ways = { phone: phone.default(''), mobile: phone.default(''), mail: mail.default('') }
/** The same where what is left out stays as it is; a default would empty it. */
export const waysIfGiven = { phone: phone.optional(), mobile: phone.optional(), mail: mail.optional() }
