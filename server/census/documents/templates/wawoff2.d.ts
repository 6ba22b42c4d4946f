/** It brings no types of its own. */
declare module 'wawoff2' {
  /** A font that was packed for the web, as what it was before. */
  export function decompress(woff2: Uint8Array): Promise<Uint8Array>
}
