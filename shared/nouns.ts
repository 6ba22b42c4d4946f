import { consolidationEndpoints } from './census/consolidation/api.ts'
import { moveChanged } from './census/consolidation/facts.ts'
import { documentEndpoints } from './census/documents/api.ts'
import { documentChanged } from './census/documents/facts.ts'
import { censusFindingEndpoints } from './census/findings/api.ts'
import { findingChanged } from './census/findings/facts.ts'
import { letterEndpoints } from './census/letters/api.ts'
import { letterRankingEndpoints } from './census/letters/ranking/api.ts'
import { openDataEndpoints } from './census/open-data/api.ts'
import { roundEndpoints } from './census/rounds/api.ts'
import { roundChanged } from './census/rounds/facts.ts'
import { zeroReportChanged } from './census/rounds/guards/facts.ts'
import { submissionChanged } from './census/rounds/submissions/facts.ts'
import { sheetEndpoints } from './census/score-sheets/api.ts'
import { summaryEndpoints } from './census/summary/api.ts'
import { alertEndpoints } from './desk/alerts/api.ts'
import { alertChanged } from './desk/alerts/facts.ts'
import { announcementEndpoints } from './desk/announcements/api.ts'
import { announcementChanged } from './desk/announcements/facts.ts'
import { asideEndpoints } from './desk/aside/api.ts'
import { attachmentEndpoints } from './desk/attachments/api.ts'
import { dutyEndpoints } from './desk/duty/api.ts'
import { escalationEndpoints } from './desk/escalation/api.ts'
import { findingEndpoints } from './desk/findings/api.ts'
import { loadEndpoints } from './desk/load/api.ts'
import { noteEndpoints } from './desk/notebook/api.ts'
import { noteWritten } from './desk/notebook/facts.ts'
import { notificationEndpoints } from './desk/notifications/api.ts'
import { pauseEndpoints } from './desk/pauses/api.ts'
import { pauseChanged } from './desk/pauses/facts.ts'
import { rectificationEndpoints } from './desk/rectifications/api.ts'
import { rectificationChanged } from './desk/rectifications/facts.ts'
import { setupEndpoints } from './desk/setup/api.ts'
import { viewEndpoints } from './desk/views/api.ts'
import { columnEndpoints } from './monitor/columns/api.ts'
import { evidenceEndpoints } from './monitor/evidence/api.ts'
import { identityEndpoints } from './monitor/identity/api.ts'
import { imprintEndpoints } from './monitor/imprints/api.ts'
import { inspectionEndpoints } from './monitor/inspections/api.ts'
import { problemChanged } from './monitor/inspections/facts.ts'
import { lineEndpoints } from './monitor/line/api.ts'
import { linkEndpoints } from './monitor/links/api.ts'
import { outboundEndpoints } from './monitor/outbound/api.ts'
import { pictureEndpoints } from './monitor/pictures/api.ts'
import { qualityEndpoints } from './monitor/quality/api.ts'
import { renderingEndpoints } from './monitor/rendering/api.ts'
import { standingEndpoints } from './monitor/standing/api.ts'
import { siteChanged } from './monitor/standing/facts.ts'
import { vantageEndpoints } from './monitor/vantages/api.ts'
import { wrongWordEndpoints } from './monitor/wrong-words/api.ts'
import { accountEndpoints } from './people/accounts/api.ts'
import { auditEndpoints } from './people/audit/api.ts'
import { bannerEndpoints } from './people/banners/api.ts'
import { wallLinkEndpoints } from './people/rights/api.ts'
import type { Endpoint } from './people/rights/endpoint.ts'
import { sessionEndpoints } from './people/sessions/api.ts'
import { settingsEndpoints } from './people/settings/api.ts'
import { divisionEndpoints } from './register/divisions/api.ts'
import { filingEndpoints } from './register/filings/api.ts'
import { filingChanged } from './register/filings/facts.ts'
import { importEndpoints } from './register/import/api.ts'
import { ledgerEndpoints } from './register/ledger/api.ts'
import { siteRegistered } from './register/ledger/facts.ts'
import { mergeEndpoints } from './register/merges/api.ts'
import { ownFieldEndpoints } from './register/own-fields/api.ts'
import { editionEndpoints } from './register/rule-editions/api.ts'
import { siteEndpoints } from './register/sites/api.ts'
import { registerChanged } from './register/sites/facts.ts'
import { unitEndpoints } from './register/units/api.ts'
import { unitMergeEndpoints } from './register/units/merges/api.ts'
import { unitMerged } from './register/units/merges/facts.ts'
import { calendarEndpoints } from './register/workdays/api.ts'

/** What nouns bring to the contract, those of the wings below the picture: their endpoints. */
export const nounEndpoints = {
  ...accountEndpoints,
  ...auditEndpoints,
  ...bannerEndpoints,
  ...wallLinkEndpoints,
  ...sessionEndpoints,
  ...settingsEndpoints,
  ...divisionEndpoints,
  ...editionEndpoints,
  ...filingEndpoints,
  ...importEndpoints,
  ...ledgerEndpoints,
  ...ownFieldEndpoints,
  ...mergeEndpoints,
  ...siteEndpoints,
  ...unitEndpoints,
  ...unitMergeEndpoints,
  ...calendarEndpoints,
  ...columnEndpoints,
  ...evidenceEndpoints,
  ...identityEndpoints,
  ...imprintEndpoints,
  ...inspectionEndpoints,
  ...lineEndpoints,
  ...linkEndpoints,
  ...pictureEndpoints,
  ...renderingEndpoints,
  ...qualityEndpoints,
  ...outboundEndpoints,
  ...standingEndpoints,
  ...vantageEndpoints,
  ...wrongWordEndpoints,
  ...alertEndpoints,
  ...announcementEndpoints,
  ...asideEndpoints,
  ...attachmentEndpoints,
  ...dutyEndpoints,
  ...escalationEndpoints,
  ...findingEndpoints,
  ...loadEndpoints,
  ...noteEndpoints,
  ...notificationEndpoints,
  ...pauseEndpoints,
  ...rectificationEndpoints,
  ...setupEndpoints,
  ...viewEndpoints,
  ...censusFindingEndpoints,
  ...consolidationEndpoints,
  ...letterEndpoints,
  ...letterRankingEndpoints,
  ...openDataEndpoints,
  ...roundEndpoints,
  ...sheetEndpoints,
  ...summaryEndpoints,
  ...documentEndpoints,
} as const satisfies Record<string, Endpoint>

/** And the facts that are told of them. */
export const nounFacts = [
  siteChanged,
  problemChanged,
  alertChanged,
  announcementChanged,
  noteWritten,
  rectificationChanged,
  pauseChanged,
  registerChanged,
  unitMerged,
  siteRegistered,
  filingChanged,
  findingChanged,
  moveChanged,
  roundChanged,
  submissionChanged,
  zeroReportChanged,
  documentChanged,
] as const
