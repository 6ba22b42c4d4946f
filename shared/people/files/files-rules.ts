/**
 * Which files are taken, by the end of the name: the type that it is served as, other types that browsers give
 * it, and what its content has to be found to be. Programs of the 1990s share one container (CFB), which tells
 * not which of them it is; text has no marks at all.
 */
export const FILE_KINDS = {
  png: { type: 'image/png', content: 'image/png' },
  jpg: { type: 'image/jpeg', content: 'image/jpeg' },
  jpeg: { type: 'image/jpeg', content: 'image/jpeg' },
  gif: { type: 'image/gif', content: 'image/gif' },
  webp: { type: 'image/webp', content: 'image/webp' },
  pdf: { type: 'application/pdf', content: 'application/pdf' },
  docx: ooxml('wordprocessingml.document'),
  xlsx: ooxml('spreadsheetml.sheet'),
  pptx: ooxml('presentationml.presentation'),
  doc: { type: 'application/msword', content: 'application/x-cfb' },
  xls: { type: 'application/vnd.ms-excel', content: 'application/x-cfb' },
  ppt: { type: 'application/vnd.ms-powerpoint', content: 'application/x-cfb' },
  wps: { type: 'application/vnd.ms-works', content: 'application/x-cfb' },
  txt: { type: 'text/plain', content: 'text' },
  csv: { type: 'text/csv', content: 'text' },
} as const satisfies Record<string, { type: string; content: string }>
export type FileKind = keyof typeof FILE_KINDS

function ooxml(name: string): { type: string; content: string } {
  const type = `application/vnd.openxmlformats-officedocument.${name}`
  return { type, content: type }
}

/** The kind that a name says, by its end; null for one that is not taken. */
export function kindOfName(name: string): FileKind | null {
  const end = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return end in FILE_KINDS ? (end as FileKind) : null
}

/** What a file dialog offers. */
export const ACCEPTED_FILES = Object.keys(FILE_KINDS)
  .map((end) => `.${end}`)
  .join()

export function isImage({ type }: { readonly type: string }): boolean {
  return type.startsWith('image/')
}
