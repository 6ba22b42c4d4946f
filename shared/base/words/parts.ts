/** Words that a browser loads together: those of the wall, of pages that set up and look into an installation, of what machines inspect, and of the desk. */
export const PARTS = ['wall', 'manage', 'inspect', 'desk'] as const
export type Part = (typeof PARTS)[number]

/** Branches of words of which no other page says any, whichever file adds to them; a test holds it so. */
const PART_OF: Readonly<Record<string, Part>> = {
  wall: 'wall',
  accounts: 'manage',
  audit: 'manage',
  fleet: 'manage',
  freshness: 'inspect',
  identity: 'manage',
  imports: 'manage',
  consolidation: 'manage',
  summary: 'manage',
  letters: 'manage',
  load: 'manage',
  imprints: 'manage',
  inspections: 'inspect',
  line: 'inspect',
  outbound: 'inspect',
  documents: 'manage',
  merges: 'manage',
  pictures: 'inspect',
  quality: 'inspect',
  unitMerges: 'manage',
  rendering: 'inspect',
  rights: 'manage',
  rounds: 'manage',
  search: 'manage',
  vantages: 'manage',
  workdays: 'manage',
  wrongWords: 'inspect',
}

/** @param branch the first name of a key, as `audit` of `audit.title`. */
export const partOf = (branch: string): Part => PART_OF[branch] ?? 'desk'
