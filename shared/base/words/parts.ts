/** Words that a browser loads together: those of the wall, of pages that set up and look into an installation, and of the desk. */
export const PARTS = ['wall', 'manage', 'desk'] as const
export type Part = (typeof PARTS)[number]

/** Branches of words of which no other page says any, whichever file adds to them; a test holds it so. */
const PART_OF: Readonly<Record<string, Part>> = {
  wall: 'wall',
  accounts: 'manage',
  audit: 'manage',
  fleet: 'manage',
  identity: 'manage',
  imports: 'manage',
  consolidation: 'manage',
  summary: 'manage',
  letters: 'manage',
  load: 'manage',
  imprints: 'manage',
  inspections: 'manage',
  line: 'manage',
  outbound: 'manage',
  documents: 'manage',
  merges: 'manage',
  pictures: 'manage',
  quality: 'manage',
  unitMerges: 'manage',
  rendering: 'manage',
  rights: 'manage',
  rounds: 'manage',
  search: 'manage',
  vantages: 'manage',
  workdays: 'manage',
  wrongWords: 'manage',
}

/** @param branch the first name of a key, as `audit` of `audit.title`. */
export const partOf = (branch: string): Part => PART_OF[branch] ?? 'desk'
