import type { Tree, Words } from './words.ts'

/** Words of the desk's pages, one file for each noun; the wall does not load them. */
export const desk: readonly Words<Tree>[] = []
