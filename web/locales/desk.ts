import { accounts } from './accounts.ts'
import { alerts } from './alerts.ts'
import { aside } from './aside.ts'
import { attachments } from './attachments.ts'
import { audit } from './audit.ts'
import { columns } from './columns.ts'
import { controls } from './controls.ts'
import { districts } from './districts.ts'
import { divisions } from './divisions.ts'
import { duty } from './duty.ts'
import { evidence } from './evidence.ts'
import { exports } from './exports.ts'
import { facts } from './facts.ts'
import { fleet } from './fleet.ts'
import { freshness } from './freshness.ts'
import { imports } from './imports.ts'
import { links } from './links.ts'
import { notifications } from './notifications.ts'
import { overview } from './overview.ts'
import { palette } from './palette.ts'
import { pauses } from './pauses.ts'
import { rectifications } from './rectifications.ts'
import { replay } from './replay.ts'
import { rights } from './rights.ts'
import { score } from './score.ts'
import { settings } from './settings.ts'
import { sites } from './sites.ts'
import { stale } from './stale.ts'
import { units } from './units.ts'
import { users } from './users.ts'
import type { Tree, Words } from './words.ts'
import { workdays } from './workdays.ts'

/** Words of the desk's pages, one file for each noun; the wall does not load them. */
export const desk: readonly Words<Tree>[] = [
  controls,
  stale,
  exports,
  units,
  overview,
  districts,
  sites,
  freshness,
  columns,
  duty,
  pauses,
  evidence,
  links,
  score,
  alerts,
  rectifications,
  attachments,
  facts,
  replay,
  users,
  accounts,
  rights,
  audit,
  aside,
  fleet,
  palette,
  notifications,
  workdays,
  divisions,
  imports,
  settings,
]
