/** As the national register has them: one who is responsible, who to speak to, and who is on duty. */
export const CONTACT_KINDS = ['head', 'contact', 'duty'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]
export const MOST_CONTACTS: Readonly<Record<ContactKind, number>> = { head: 1, contact: 3, duty: 3 }
