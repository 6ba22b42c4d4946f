/** Stands in the place of the transport of engine.io-client that is never used here (`vite.config.ts`). */
export const WT = null
