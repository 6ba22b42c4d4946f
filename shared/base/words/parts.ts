/** Words that a browser loads together: those of the wall, of pages that set up and look into an installation, and of the desk. */
export const PARTS = ['wall', 'manage', 'desk'] as const
export type Part = (typeof PARTS)[number]

/** Files of words of which no other page says any; a test holds it so. */
const PART_OF: Readonly<Record<string, Part>> = {
  wall: 'wall',
  audit: 'manage',
  fleet: 'manage',
  imports: 'manage',
  merges: 'manage',
  rights: 'manage',
  rounds: 'manage',
}

/** @param noun name of a file of words, as `audit` of `locales/en/audit.json`. */
export const partOf = (noun: string): Part => PART_OF[noun] ?? 'desk'
