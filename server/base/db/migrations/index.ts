import type { Kysely } from 'kysely'
import * as m0001 from './0001_start.ts'
import * as m0002 from './0002_causes.ts'
import * as m0003 from './0003_columns.ts'
import * as m0004 from './0004_evidence_and_links.ts'
import * as m0005 from './0005_history.ts'
import * as m0006 from './0006_past.ts'
import * as m0007 from './0007_columns_and_links_alerts.ts'
import * as m0008 from './0008_notifications.ts'
import * as m0009 from './0009_people.ts'
import * as m0010 from './0010_alert_desk.ts'
import * as m0011 from './0011_fixes.ts'
import * as m0012 from './0012_duty.ts'
import * as m0013 from './0013_set_aside.ts'
import * as m0017 from './0017_quotas.ts'
import * as m0019 from './0019_calendar_and_terms.ts'
import * as m0020 from './0020_owner_informs.ts'
import * as m0021 from './0021_fix_requests.ts'
import * as m0022 from './0022_places.ts'
import * as m0023 from './0023_contacts.ts'
import * as m0025 from './0025_handover.ts'
import * as m0026 from './0026_pause_plans.ts'
import * as m0028 from './0028_nothing_deleted.ts'
import * as m0031 from './0031_told_pauses.ts'
import * as m0034 from './0034_divisions.ts'
import * as m0035 from './0035_register_imports.ts'
import * as m0036 from './0036_announcements.ts'
import * as m0039 from './0039_rectification_notices.ts'
import * as m0040 from './0040_facts_of_places.ts'
import * as m0041 from './0041_announcements.ts'
import * as m0042 from './0042_sheets.ts'
import * as m0043 from './0043_views_of_lists.ts'
import * as m0044 from './0044_missed_outages.ts'
import * as m0045 from './0045_notes.ts'
import * as m0048 from './0048_findings.ts'
import * as m0049 from './0049_findings_counted.ts'
import * as m0050 from './0050_ledger.ts'
import * as m0051 from './0051_filings.ts'
import * as m0054 from './0054_rounds.ts'
import * as m0055 from './0055_reviews.ts'
import * as m0056 from './0056_submissions.ts'
import * as m0058 from './0058_editions.ts'
import * as m0059 from './0059_former_reviewers.ts'
import * as m0060 from './0060_own_fields.ts'
import * as m0061 from './0061_merges.ts'
import * as m0062 from './0062_answers_days.ts'
import * as m0065 from './0065_guards.ts'
import * as m0066 from './0066_reminders.ts'
import * as m0067 from './0067_finding_pictures.ts'
import * as m0068 from './0068_paused_rounds.ts'
import * as m0070 from './0070_spaced_turns.ts'
import * as m0071 from './0071_filing_files.ts'
import * as m0072 from './0072_closing_notices.ts'
import * as m0073 from './0073_merged_units.ts'
import * as m0074 from './0074_names_to_spell.ts'
import * as m0075 from './0075_searched_units.ts'
import * as m0077 from './0077_imprints.ts'
import * as m0078 from './0078_edition_effects.ts'
import * as m0081 from './0081_documents.ts'
import * as m0082 from './0082_document_templates.ts'
import * as m0091 from './0091_letters.ts'
import * as m0092 from './0092_letter_rankings.ts'
import * as m0100 from './0100_note_pictures.ts'
import * as m0101 from './0101_consolidation.ts'
import * as m0102 from './0102_searched_letters.ts'
import * as m0103 from './0103_searched_titles.ts'
import * as m0104 from './0104_pieces_and_makers.ts'
import * as m0105 from './0105_public_letters.ts'
import * as m0106 from './0106_site_messages.ts'
import * as m0110 from './0110_page_prints.ts'
import * as m0115 from './0115_quiet_visits.ts'
import * as m0125 from './0125_monitor_pace.ts'
import * as m0126 from './0126_behind.ts'
import * as m0128 from './0128_message_column.ts'
import * as m0132 from './0132_vantages.ts'
import * as m0134 from './0134_rendering.ts'
import * as m0135 from './0135_drawn_columns.ts'
import * as m0136 from './0136_pictures.ts'
import * as m0138 from './0138_inspections.ts'
import * as m0139 from './0139_found_sources.ts'
import * as m0140 from './0140_outbound_hosts.ts'
import * as m0141 from './0141_soft_404.ts'
import * as m0142 from './0142_site_memory.ts'
import * as m0143 from './0143_wrong_words.ts'
import * as m0144 from './0144_site_line.ts'
import * as m0146 from './0146_quality.ts'
import * as m0147 from './0147_open_data.ts'
import * as m0148 from './0148_places_apart.ts'
import * as m0149 from './0149_narrow_state.ts'
import * as m0150 from './0150_problems_judged.ts'
import * as m0151 from './0151_page_checks.ts'
import * as m0152 from './0152_pictures_missing.ts'
import * as m0153 from './0153_quality_versions.ts'
import * as m0155 from './0155_looks.ts'
import * as m0156 from './0156_lost_orders.ts'
import * as m0157 from './0157_sheet_sums.ts'
import * as m0159 from './0159_picture_boxes.ts'
import * as m0163 from './0163_same_sites.ts'
import * as m0164 from './0164_problem_lists.ts'
import * as m0165 from './0165_problem_lists_alone.ts'
import * as m0170 from './0170_own_intervals.ts'
import * as m0171 from './0171_persons_covered.ts'
import * as m0172 from './0172_asked_looks.ts'
import * as m0173 from './0173_asked_turns.ts'
import * as m0174 from './0174_past_of_divisions.ts'
import * as m0175 from './0175_partly_drawn.ts'
import * as m0176 from './0176_sites_of_divisions.ts'
import * as m0177 from './0177_line_doubts.ts'
import * as m0178 from './0178_full_readings.ts'
import * as m0179 from './0179_moved_sites.ts'
import * as m0180 from './0180_guessed_items.ts'
import * as m0181 from './0181_prints_of_problems.ts'
import * as m0182 from './0182_resting_channels.ts'
import * as m0183 from './0183_reasons_of_rounds.ts'
import * as m0184 from './0184_alerts_of_incidents.ts'

/** An index of a table that is large and written to all the time. */
export interface LargeIndex {
  readonly name: string
  /** Table, columns and condition, as they follow `create index … on`. */
  readonly on: string
}

export interface SchemaMigration {
  /** What it does in its transaction. */
  up?(db: Kysely<any>): Promise<void>
  /** What is made before that, beside others who write, where there are any. */
  readonly indexes?: readonly LargeIndex[]
}

/** Every migration, in order. Frozen once released: a change is a new one at the end. */
export const migrations: Record<string, SchemaMigration> = {
  '0001_start': m0001,
  '0002_causes': m0002,
  '0003_columns': m0003,
  '0004_evidence_and_links': m0004,
  '0005_history': m0005,
  '0006_past': m0006,
  '0007_columns_and_links_alerts': m0007,
  '0008_notifications': m0008,
  '0009_people': m0009,
  '0010_alert_desk': m0010,
  '0011_fixes': m0011,
  '0012_duty': m0012,
  '0013_set_aside': m0013,
  '0017_quotas': m0017,
  '0019_calendar_and_terms': m0019,
  '0020_owner_informs': m0020,
  '0021_fix_requests': m0021,
  '0022_places': m0022,
  '0023_contacts': m0023,
  '0025_handover': m0025,
  '0026_pause_plans': m0026,
  '0028_nothing_deleted': m0028,
  '0031_told_pauses': m0031,
  '0034_divisions': m0034,
  '0035_register_imports': m0035,
  '0036_announcements': m0036,
  '0039_rectification_notices': m0039,
  '0040_facts_of_places': m0040,
  '0041_announcements': m0041,
  '0042_sheets': m0042,
  '0043_views_of_lists': m0043,
  '0044_missed_outages': m0044,
  '0045_notes': m0045,
  '0048_findings': m0048,
  '0049_findings_counted': m0049,
  '0050_ledger': m0050,
  '0051_filings': m0051,
  '0054_rounds': m0054,
  '0055_reviews': m0055,
  '0056_submissions': m0056,
  '0058_editions': m0058,
  '0059_former_reviewers': m0059,
  '0060_own_fields': m0060,
  '0061_merges': m0061,
  '0062_answers_days': m0062,
  '0065_guards': m0065,
  '0066_reminders': m0066,
  '0067_finding_pictures': m0067,
  '0068_paused_rounds': m0068,
  '0070_spaced_turns': m0070,
  '0071_filing_files': m0071,
  '0072_closing_notices': m0072,
  '0073_merged_units': m0073,
  '0074_names_to_spell': m0074,
  '0075_searched_units': m0075,
  '0077_imprints': m0077,
  '0078_edition_effects': m0078,
  '0081_documents': m0081,
  '0082_document_templates': m0082,
  '0091_letters': m0091,
  '0092_letter_rankings': m0092,
  '0100_note_pictures': m0100,
  '0101_consolidation': m0101,
  '0102_searched_letters': m0102,
  '0103_searched_titles': m0103,
  '0104_pieces_and_makers': m0104,
  '0105_public_letters': m0105,
  '0106_site_messages': m0106,
  '0110_page_prints': m0110,
  '0115_quiet_visits': m0115,
  '0125_monitor_pace': m0125,
  '0126_behind': m0126,
  '0128_message_column': m0128,
  '0132_vantages': m0132,
  '0134_rendering': m0134,
  '0135_drawn_columns': m0135,
  '0136_pictures': m0136,
  '0138_inspections': m0138,
  '0139_found_sources': m0139,
  '0140_outbound_hosts': m0140,
  '0141_soft_404': m0141,
  '0142_site_memory': m0142,
  '0143_wrong_words': m0143,
  '0144_site_line': m0144,
  '0146_quality': m0146,
  '0147_open_data': m0147,
  '0148_places_apart': m0148,
  '0149_narrow_state': m0149,
  '0150_problems_judged': m0150,
  '0151_page_checks': m0151,
  '0152_pictures_missing': m0152,
  '0153_quality_versions': m0153,
  '0155_looks': m0155,
  '0156_lost_orders': m0156,
  '0157_sheet_sums': m0157,
  '0159_picture_boxes': m0159,
  '0163_same_sites': m0163,
  '0164_problem_lists': m0164,
  '0165_problem_lists_alone': m0165,
  '0170_own_intervals': m0170,
  '0171_persons_covered': m0171,
  '0172_asked_looks': m0172,
  '0173_asked_turns': m0173,
  '0174_past_of_divisions': m0174,
  '0175_partly_drawn': m0175,
  '0176_sites_of_divisions': m0176,
  '0177_line_doubts': m0177,
  '0178_full_readings': m0178,
  '0179_moved_sites': m0179,
  '0180_guessed_items': m0180,
  '0181_prints_of_problems': m0181,
  '0182_resting_channels': m0182,
  '0183_reasons_of_rounds': m0183,
  '0184_alerts_of_incidents': m0184,
}
