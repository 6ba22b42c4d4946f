import type { MonitorContact } from '../../../shared/people/settings/settings-rules.ts'

/** The contact of the monitor as a form has it: its addresses one a line. */
export type ContactForm = Record<'office' | 'phone' | 'mail' | 'addresses', string>

export const contactForm = (contact: MonitorContact | null): ContactForm => ({
  office: contact?.office ?? '',
  phone: contact?.phone ?? '',
  mail: contact?.mail ?? '',
  addresses: (contact?.addresses ?? []).join('\n'),
})

/** What is kept of it; nothing at all: nobody is named. */
export function contactOf({ addresses, ...who }: ContactForm): MonitorContact | null {
  const lines = addresses.split('\n').map((line) => line.trim())
  const said = { ...who, addresses: lines.filter((line) => line !== '') }
  const isEmpty = Object.values(who).every((one) => one === '') && said.addresses.length === 0
  return isEmpty ? null : said
}
