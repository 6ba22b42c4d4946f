import type { Module } from '../base/module.ts'
import { search } from '../base/search/module.ts'
import { consolidation } from '../census/consolidation/module.ts'
import { documents } from '../census/documents/module.ts'
import { censusFindings } from '../census/findings/module.ts'
import { letters } from '../census/letters/module.ts'
import { openData } from '../census/open-data/module.ts'
import { rounds } from '../census/rounds/module.ts'
import { sheets } from '../census/score-sheets/module.ts'
import { summary } from '../census/summary/module.ts'
import { facts } from '../city/facts/module.ts'
import { overview } from '../city/overview/module.ts'
import { replay } from '../city/replay/module.ts'
import { search as searchOver } from '../city/search/module.ts'
import { alerts } from '../desk/alerts/module.ts'
import { announcements } from '../desk/announcements/module.ts'
import { aside } from '../desk/aside/module.ts'
import { attachments } from '../desk/attachments/module.ts'
import { duty } from '../desk/duty/module.ts'
import { escalation } from '../desk/escalation/module.ts'
import { findings } from '../desk/findings/module.ts'
import { load } from '../desk/load/module.ts'
import { notebook } from '../desk/notebook/module.ts'
import { notifications } from '../desk/notifications/module.ts'
import { pauses } from '../desk/pauses/module.ts'
import { rectifications } from '../desk/rectifications/module.ts'
import { setup } from '../desk/setup/module.ts'
import { views } from '../desk/views/module.ts'
import { columns } from '../monitor/columns/module.ts'
import { evidence } from '../monitor/evidence/module.ts'
import { identity } from '../monitor/identity/module.ts'
import { imprints } from '../monitor/imprints/module.ts'
import { inspections } from '../monitor/inspections/module.ts'
import { line } from '../monitor/line/module.ts'
import { links } from '../monitor/links/module.ts'
import { messages } from '../monitor/messages/module.ts'
import { outbound } from '../monitor/outbound/module.ts'
import { pageChecks } from '../monitor/page-checks/module.ts'
import { pictures } from '../monitor/pictures/module.ts'
import { quality } from '../monitor/quality/module.ts'
import { rendering } from '../monitor/rendering/module.ts'
import { standing } from '../monitor/standing/module.ts'
import { vantages } from '../monitor/vantages/module.ts'
import { visits } from '../monitor/visit-store/module.ts'
import { wrongWords } from '../monitor/wrong-words/module.ts'
import { accounts } from '../people/accounts/module.ts'
import { audit } from '../people/audit/module.ts'
import { banners } from '../people/banners/module.ts'
import { files } from '../people/files/module.ts'
import { settings } from '../people/settings/module.ts'
import { divisions } from '../register/divisions/module.ts'
import { filings } from '../register/filings/module.ts'
import { registerImport } from '../register/import/module.ts'
import { ledger } from '../register/ledger/module.ts'
import { merges } from '../register/merges/module.ts'
import { ownFields } from '../register/own-fields/module.ts'
import { editions } from '../register/rule-editions/module.ts'
import { sites } from '../register/sites/module.ts'
import { unitMerges } from '../register/units/merges/module.ts'
import { units } from '../register/units/module.ts'
import { workdays } from '../register/workdays/module.ts'

/** Every noun that has endpoints or work of its own. */
export const MODULES: readonly Module[] = [
  search,
  // Letters hang on findings, and go before them.
  letters,
  documents,
  censusFindings,
  consolidation,
  rounds,
  sheets,
  summary,
  facts,
  overview,
  replay,
  searchOver,
  alerts,
  announcements,
  aside,
  attachments,
  duty,
  escalation,
  findings,
  load,
  notebook,
  notifications,
  pauses,
  rectifications,
  setup,
  views,
  columns,
  evidence,
  identity,
  imprints,
  inspections,
  messages,
  line,
  outbound,
  links,
  pageChecks,
  pictures,
  rendering,
  quality,
  // What quality was measured is published with the rest.
  openData,
  standing,
  accounts,
  audit,
  settings,
  banners,
  files,
  divisions,
  editions,
  registerImport,
  ledger,
  ownFields,
  merges,
  filings,
  sites,
  units,
  unitMerges,
  workdays,
  vantages,
  wrongWords,
  visits,
]
