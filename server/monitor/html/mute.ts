/** Elements whose text is no part of what a reader of a page sees as its words: scripts, styles, what is filled in. */
export const MUTE: ReadonlySet<string> = new Set([
  'script',
  'style',
  'select',
  'textarea',
  'noscript',
  'title',
])
