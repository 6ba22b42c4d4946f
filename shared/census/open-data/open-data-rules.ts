/** The tables of a day. */
export const OPEN_TABLES = ['sites', 'districts', 'changes', 'quality'] as const
export type OpenTable = (typeof OPEN_TABLES)[number]

/** Each table in both forms, and the dictionary that says what each field is. */
export const OPEN_FILES = [
  ...OPEN_TABLES.flatMap((table) => [`${table}.csv`, `${table}.json`] as const),
  'dictionary.csv',
  'dictionary.json',
] as const
export type OpenFile = (typeof OPEN_FILES)[number]

/** The last days that are kept; older ones go. */
export const KEPT_DAYS = 60
/** A change of the dictionary that readers must know of raises it. */
export const OPEN_VERSION = 1

export type OpenType = 'text' | 'number' | 'date' | 'instant' | 'code'

export interface OpenField {
  readonly name: string
  readonly type: OpenType
}

const field = (name: string, type: OpenType = 'text'): OpenField => ({ name, type })

/**
 * What each table has, in its order. Names are frozen: programs read them. No personal data and no address of a server is
 * among them; what a field means is in the locales (`openData.field.<table>.<name>`).
 */
export const OPEN_FIELDS: Readonly<Record<OpenTable, readonly OpenField[]>> = {
  sites: [
    field('code', 'code'),
    field('name'),
    field('level', 'code'),
    field('district_code', 'code'),
    field('district_name'),
    field('unit_name'),
    field('url'),
    field('state', 'code'),
    field('state_since', 'instant'),
    field('v1', 'code'),
    field('v1_failed_percent', 'number'),
    field('v2', 'code'),
    field('newest_date', 'date'),
    field('v3', 'code'),
  ],
  districts: [
    field('district_code', 'code'),
    field('district_name'),
    field('sites', 'number'),
    field('dead', 'number'),
    field('down', 'number'),
    field('dormant', 'number'),
    field('warning', 'number'),
    field('unknown', 'number'),
    field('healthy', 'number'),
    field('paused', 'number'),
  ],
  changes: [
    field('at', 'instant'),
    field('code', 'code'),
    field('name'),
    field('from_state', 'code'),
    field('to_state', 'code'),
    field('why', 'code'),
    field('cause', 'code'),
    field('v1_failed_percent', 'number'),
    field('newest_date', 'date'),
  ],
  quality: [
    field('night', 'date'),
    field('rule', 'code'),
    field('place', 'code'),
    field('planted', 'number'),
    field('found', 'number'),
    field('clean', 'number'),
    field('wrong', 'number'),
    field('unmeasured', 'number'),
  ],
}

/** Names under which no citizen reaches anything. */
const INNER = /(?:^|\.)(?:localhost|local|internal|intranet|lan|corp|home|test|example|invalid)$|^[^.]+$/i

/** The address of a site as everybody may know it; null where it leads to a number, a port or a name of an inner net. */
export function publicUrl(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, hostname: name, port, pathname } = new URL(text)
  // A dot behind a name changes nothing of where it leads.
  const hostname = name.replace(/\.+$/, '')
  const isNumber = /^[\d.]+$|^\[/.test(hostname)
  if (!/^https?:$/.test(protocol) || isNumber || port !== '' || INNER.test(hostname)) return null
  return `${protocol}//${hostname}${pathname}`
}
