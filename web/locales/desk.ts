import { alerts } from './alerts.ts'
import { controls } from './controls.ts'
import { districts } from './districts.ts'
import { facts } from './facts.ts'
import { overview } from './overview.ts'
import { sites } from './sites.ts'
import type { Tree, Words } from './words.ts'

/** Words of the desk's pages, one file for each noun; the wall does not load them. */
export const desk: readonly Words<Tree>[] = [controls, overview, districts, sites, alerts, facts]
