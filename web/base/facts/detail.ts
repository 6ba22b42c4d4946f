/** One entry of what an audit record keeps: a key under `audit.field`, and a value as it can be shown. */
export interface DetailEntry {
  readonly name: string
  readonly value: string
  /** The value is an instant. */
  readonly isTime: boolean
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/

/** What a record keeps beside who, when and what. The action says itself which action it was. */
export function detailEntries(detail: Readonly<Record<string, unknown>>): DetailEntry[] {
  return Object.entries(detail)
    .filter(([name, value]) => name !== 'action' && value !== null && value !== undefined && value !== '')
    .map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      return { name, value: text, isTime: INSTANT.test(text) }
    })
}
